"""Verbs of an evaluation: save while one reads, hand in, change with a reason, read a new filing.

Each holds the sitting, the seat, then the evaluation, and is refused alike for a dossier that is withdrawn, unknown, or whose
collectivité the juror is tied to: the sentence tells nothing of which.
"""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now

from atlaas.models import User
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from jury.models import Evaluation, Juror, Remark, Score, ScoreChange
from jury.operations.hold import hold_seat, hold_sitting
from jury.queries.door import judged_by
from jury.queries.evaluation import facts_of, grid_of
from jury.rules import evaluation as rules
from jury.rules.evaluation import Facts
from labels.models import Candidacy, Criterion

CLOSED = "La séance est close : les évaluations ne changent plus."
NOT_YOURS = "Ce dossier n’est pas de ceux que vous lisez."
BOTH = "Cette évaluation a été enregistrée entre-temps, depuis une autre fenêtre : voici les deux."


@transaction.atomic
def save(juror: Juror, candidacy: Candidacy, facts: Facts, version: int, by: User) -> Evaluation:
    """Write the whole working copy over the version that was read (0: none was); the first save opens the evaluation.

    `Conflict` when another window saved since: its `current` is what is stored, its `proposed` is `facts`. Saving what is
    already there changes nothing, not even the version, and is no conflict: a retry does no harm.
    """
    grid = grid_of(candidacy)
    rules.check_facts(facts, criteria=grid.names, enjeux=grid.places)
    seat, dossier = _held(juror, candidacy, by)
    found = _stored(seat, dossier)
    before = facts_of(found)
    if before == facts:
        return found or _opened(seat, dossier)
    if found is not None and found.version != version:
        raise Conflict(BOTH, current=found, proposed=facts)
    row = found or _opened(seat, dossier)
    rules.advance(row.state, rules.step_of(before, facts))
    row.level, row.note = facts.level, facts.note
    _written(row)
    _write_scores(row, before, facts)
    _write_remarks(row, before, facts)
    return row


@transaction.atomic
def submit(juror: Juror, candidacy: Candidacy, version: int, by: User) -> Evaluation:
    """Hand in what is stored: complete, as it was read."""
    seat, dossier = _held(juror, candidacy, by)
    row = _at(seat, dossier, version)
    state = rules.advance(row.state, "hand in")
    rules.check_complete(facts_of(row), grid_of(dossier).names)
    Evaluation.objects.filter(pk=row.pk).update(state=state, submitted_at=Now())
    return _written(row)


@transaction.atomic
def change_score(
    juror: Juror,
    candidacy: Candidacy,
    criterion: Criterion,
    value: int,
    *,
    reason: str,
    version: int,
    by: User,
) -> Evaluation:
    """Another value for a criterion, after the evaluation was handed in; both stay, with the reason."""
    rules.check_value(value)

    def write(row: Evaluation) -> int | None:
        score = row.scores.filter(criterion=criterion).first()
        row.scores.filter(criterion=criterion).update(value=value)
        return score.value if score else None

    return _change(
        juror, candidacy, version, by, write=write, after=value, reason=reason, criterion=criterion
    )


@transaction.atomic
def change_level(
    juror: Juror, candidacy: Candidacy, level: int, *, reason: str, version: int, by: User
) -> Evaluation:
    """The same for the level in mind."""
    rules.check_level(level)

    def write(row: Evaluation) -> int | None:
        before, row.level = row.level, level
        return before

    return _change(juror, candidacy, version, by, write=write, after=level, reason=reason)


@transaction.atomic
def reread(juror: Juror, candidacy: Candidacy, version: int, by: User) -> Evaluation:
    """Take the dossier as it was filed anew for the one that is judged; what was scored stays."""
    seat, dossier = _held(juror, candidacy, by)
    row = _at(seat, dossier, version)
    rules.advance(row.state, "reread")
    if row.snapshot_id == dossier.filed_id:
        return row
    row.snapshot_id = _filing(dossier)
    return _written(row)


def _change(
    juror: Juror,
    candidacy: Candidacy,
    version: int,
    by: User,
    *,
    write: Callable[[Evaluation], int | None],
    after: int,
    reason: str,
    criterion: Criterion | None = None,
) -> Evaluation:
    """`write` puts the new value and answers the one before; all of it is undone when a rule says no."""
    seat, dossier = _held(juror, candidacy, by)
    row = _at(seat, dossier, version)
    rules.advance(row.state, "change")
    why = french(reason)
    before = rules.check_reason(why, before=write(row), after=after)
    ScoreChange.objects.create(evaluation=row, criterion=criterion, before=before, after=after, reason=why)
    return _written(row)


def _held(juror: Juror, candidacy: Candidacy, by: User) -> tuple[Juror, Candidacy]:
    """The seat and the dossier as of now, locked in the one order; `Refused` when this juror may not write of it."""
    is_closed = hold_sitting(juror.edition)
    seat = hold_seat(juror)
    if seat.user_id != by.pk or not by.is_active:
        raise Refused("Chacun évalue pour soi : cette évaluation n’est pas la vôtre.")
    dossier = judged_by(seat).filter(pk=candidacy.pk).first()
    if dossier is None:
        raise Refused(NOT_YOURS)
    if is_closed:
        raise Refused(CLOSED)
    return seat, dossier


def _stored(seat: Juror, dossier: Candidacy) -> Evaluation | None:
    rows = Evaluation.objects.select_for_update(no_key=True)
    return rows.filter(juror=seat, candidacy=dossier).first()


def _at(seat: Juror, dossier: Candidacy, version: int) -> Evaluation:
    """The evaluation, as long as it is at the version that was read."""
    row = _stored(seat, dossier)
    if row is None:
        raise Refused("Vous n’avez rien écrit de ce dossier : notez-le d’abord.")
    if row.version != version:
        raise Conflict(BOTH, current=row, proposed=None)
    return row


def _opened(seat: Juror, dossier: Candidacy) -> Evaluation:
    """A new evaluation, not in the base yet, of the dossier as it was filed."""
    return Evaluation(juror=seat, candidacy=dossier, snapshot_id=_filing(dossier), version=0)


def _filing(dossier: Candidacy) -> UUID:
    """What the jury judges has one: `candidacy_filed_has_its_snapshot`."""
    return cast("UUID", dossier.filed_id)


def _written(row: Evaluation) -> Evaluation:
    row.version, row.saved_at = row.version + 1, Now()
    if row.pk is None:
        row.save()
    else:
        row.save(update_fields=["level", "note", "snapshot", "version", "saved_at"])
    row.refresh_from_db(fields=["saved_at", "submitted_at", "state"])
    return row


def _write_scores(row: Evaluation, before: Facts, after: Facts) -> None:
    row.scores.filter(criterion__in=before.scores.keys() - after.scores.keys()).delete()
    moved = dict(after.scores.items() - before.scores.items())
    Score.objects.bulk_create(
        (Score(evaluation=row, criterion_id=criterion, value=value) for criterion, value in moved.items()),
        update_conflicts=True,
        unique_fields=["evaluation", "criterion"],
        update_fields=["value"],
    )


def _write_remarks(row: Evaluation, before: Facts, after: Facts) -> None:
    row.remarks.filter(enjeu__in=before.remarks.keys() - after.remarks.keys()).delete()
    moved = dict(after.remarks.items() - before.remarks.items())
    Remark.objects.bulk_create(
        (
            Remark(evaluation=row, enjeu_id=enjeu, criterion_id=told.criterion, kind=told.kind)
            for enjeu, told in moved.items()
        ),
        update_conflicts=True,
        unique_fields=["evaluation", "enjeu"],
        update_fields=["criterion", "kind"],
    )
