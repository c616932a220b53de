"""Renew the fiches of a collectivité: many answers, one transaction, nothing of a colleague's overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from atlaas.choices import RevisionKind, Role, SheetState
from atlaas.models import Collectivity, Revision, Sheet, User
from atlaas.operations.sheet_batch import Change, last_revisions, lock, write
from atlaas.permissions import require
from atlaas.queries.right import Right
from atlaas.rules.refusal import Refused
from atlaas.rules.sheet import STATUS_FIELDS, next_state, problems
from labels.choices import RenewalChoice, RenewalStatus
from labels.queries.renewal import traces_of
from labels.rules.renewal import Answer, Window, status

# What an answer changes of a working copy.
COPY_FIELDS = ("state", "is_running", "ended_on", "version", "published_version", "saved_by", "saved_at")


@dataclass
class Outcome:
    """What became of the answers, by fiche; `refused` says why in French, `already` had been answered as asked."""

    done: list[UUID] = field(default_factory=list)
    already: list[UUID] = field(default_factory=list)
    changed: list[UUID] = field(default_factory=list)
    refused: dict[UUID, str] = field(default_factory=dict)


@dataclass
class _Batch:
    """What is to be written at the end, all at once, and what will be told."""

    outcome: Outcome = field(default_factory=Outcome)
    changes: list[Change] = field(default_factory=list)
    ended: list[Sheet] = field(default_factory=list)
    retired: list[Sheet] = field(default_factory=list)


@transaction.atomic
def renew(collectivity: Collectivity, answers: Sequence[Answer], *, window: Window, by: User) -> Outcome:
    """Write the answers « toujours en cours », « terminée » and « à retirer »; « modifiée » is for the editor, and left.

    A fiche that was published, saved or archived since it was read is left as it is and named in `changed`; one that
    already is what is asked is in `already`, so that sending the same answers twice writes nothing twice.
    """
    right = require(by, collectivity, Role.PUBLISHER)
    asked = {one.sheet: one for one in answers if one.choice != RenewalChoice.MODIFIED}
    sheets = lock(collectivity.pk, asked)
    last, traces = last_revisions(sheets), traces_of(sheets)
    batch = _Batch()
    for pk, answer in asked.items():
        if pk in last:
            _take(answer, sheets[pk], last[pk], status(traces[pk], window), batch)
        else:
            batch.outcome.changed.append(pk)
    _write(batch, right, by)
    return batch.outcome


def _take(answer: Answer, sheet: Sheet, last: Revision, became: RenewalStatus, batch: _Batch) -> None:
    outcome = batch.outcome
    is_as_read = (answer.version, answer.number) == (sheet.version, last.number)
    if _is_already(answer, sheet, last, became):
        outcome.already.append(sheet.pk)
    elif sheet.state != SheetState.PUBLISHED or not is_as_read:
        outcome.changed.append(sheet.pk)
    else:
        try:
            _TAKE[answer.choice](answer, sheet, last, batch)
        except Refused as refused:
            outcome.refused[sheet.pk] = str(refused)
        else:
            outcome.done.append(sheet.pk)


def _is_already(answer: Answer, sheet: Sheet, last: Revision, became: RenewalStatus) -> bool:
    if answer.choice == RenewalChoice.RETIRED:
        return sheet.state == SheetState.ARCHIVED
    if sheet.state != SheetState.PUBLISHED:
        return False
    if answer.choice == RenewalChoice.RUNNING:
        return last.content["is_running"] and became != RenewalStatus.UNTOUCHED
    ended_on = answer.ended_on.isoformat() if answer.ended_on else None
    return not last.content["is_running"] and last.content["ended_on"] == ended_on


def _confirm(answer: Answer, sheet: Sheet, last: Revision, batch: _Batch) -> None:
    if not last.content["is_running"]:
        raise Refused("Cette fiche dit que l’action est terminée : reprenez-la dans l’éditeur.")
    _check_status(last.content)
    batch.changes.append(Change(sheet, last.content, RevisionKind.CONFIRMATION, last.number))


def _end(answer: Answer, sheet: Sheet, last: Revision, batch: _Batch) -> None:
    """The same as `operations.sheet.end`: in what is public and in the working copy, and nothing else."""
    today = timezone.localdate()
    if answer.ended_on is None:
        raise Refused("Dites quand l’action a pris fin.")
    if answer.ended_on > today:
        raise Refused("La fin est dans l’avenir : laissez la fiche en cours jusque-là.")
    content: Mapping[str, object] = last.content | {
        "is_running": False,
        "ended_on": answer.ended_on.isoformat(),
    }
    _check_status(content)
    is_public_copy = sheet.version == sheet.published_version
    sheet.is_running, sheet.ended_on, sheet.version = False, answer.ended_on, sheet.version + 1
    if is_public_copy:
        sheet.published_version = sheet.version
    batch.ended.append(sheet)
    batch.changes.append(Change(sheet, content, RevisionKind.END, last.number))


def _check_status(content: Mapping[str, object]) -> None:
    """Refuse what a publication would refuse of the state and the end."""
    found = [one for one in problems(content, today=timezone.localdate()) if one.field in STATUS_FIELDS]
    if found:
        raise Refused(found[0].sentence)


def _retire(answer: Answer, sheet: Sheet, last: Revision, batch: _Batch) -> None:
    sheet.state = next_state(sheet.state, "archive")
    batch.retired.append(sheet)


_TAKE = {RenewalChoice.RUNNING: _confirm, RenewalChoice.ENDED: _end, RenewalChoice.RETIRED: _retire}


def _write(batch: _Batch, right: Right, by: User) -> None:
    now = timezone.now()
    for sheet in batch.ended:
        sheet.saved_by, sheet.saved_at = by, now
    Sheet.objects.bulk_update([*batch.ended, *batch.retired], COPY_FIELDS)
    write(batch.changes, batch.retired, by=by, mandate=right.mandate)
