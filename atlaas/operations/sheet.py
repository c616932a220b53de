"""Verbs of a fiche: start, save, publish, confirm, end, archive, restore. Each checks the right of who asks."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from atlaas.choices import RevisionKind, Role, SheetState
from atlaas.models import Collectivity, Mandate, Revision, Service, Sheet, SheetStep, User
from atlaas.operations.publication import project
from atlaas.permissions import require
from atlaas.queries.sheet import content_of
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.sheet import FACTS, STATUS_FIELDS, Content, digest, next_state, problems


class Incomplete(Refused):
    """The fiche cannot be published yet; `problems` says field by field what to mend."""

    def __init__(self, found: Sequence[object]) -> None:
        super().__init__("La fiche n’est pas encore complète : corrigez ce qui est indiqué, rien n’est perdu.")
        self.problems = found


@transaction.atomic
def start(
    collectivity: Collectivity, *, by: User, draft_key: UUID, inspired_by: Sheet | None = None
) -> Sheet:
    """Begin a draft; the same key from two clicks or a retry gives the same draft."""
    right = require(by, collectivity, Role.CONTRIBUTOR)
    fresh = Sheet(
        collectivity=collectivity,
        draft_key=draft_key,
        inspired_by=inspired_by,
        created_by=by,
        saved_by=by,
        lon=collectivity.lon,
        lat=collectivity.lat,
        is_demo=by.is_demo,
    )
    Sheet.objects.bulk_create([fresh], ignore_conflicts=True)
    sheet = Sheet.objects.select_for_update(of=("self",), no_key=True).get(
        collectivity=collectivity, draft_key=draft_key
    )
    if sheet.pk == fresh.pk:
        _note(sheet, "start", by, right.mandate)
    return sheet


@transaction.atomic
def save(
    sheet: Sheet,
    *,
    by: User,
    version: int,
    facts: Mapping[str, object],
    services: Sequence[str] | None = None,
) -> Sheet:
    """Write the working copy over the version that was read; `Conflict` when another has been saved since.

    `facts` holds fields of `rules.sheet.FACTS` (those absent stay as they are), `services` codes (None: as they are).
    Saving what is already there changes nothing, not even the version.
    """
    require(by, sheet.collectivity, Role.CONTRIBUTOR)
    locked = _locked(sheet)
    before = content_of(locked)
    if locked.version != version:
        raise Conflict(
            "Cette fiche a été enregistrée par quelqu’un d’autre entre-temps : voici les deux textes.",
            current=locked,
            proposed={"facts": dict(facts), "services": services},
        )
    for name in FACTS:
        if name in facts:
            setattr(locked, name, facts[name])
    if services is not None:
        locked.services.set(Service.objects.filter(code__in=services))
    if content_of(locked) == before:
        return locked
    locked.version += 1
    locked.saved_by = by
    locked.saved_at = timezone.now()
    locked.save()
    return locked


@transaction.atomic
def publish(
    sheet: Sheet, *, by: User, version: int, kind: RevisionKind = RevisionKind.PUBLICATION
) -> Revision:
    """Make the working copy, as it was read, public for good; `Incomplete` says what is missing."""
    right = require(by, sheet.collectivity, Role.PUBLISHER)
    locked = _locked(sheet)
    state = next_state(locked.state, "publish")
    if locked.version != version:
        raise Conflict(
            "Cette fiche a changé depuis que vous l’avez lue : relisez-la avant de la publier.",
            current=locked,
            proposed={"facts": {}, "services": None},
        )
    content = content_of(locked)
    if found := problems(content, today=timezone.localdate()):
        raise Incomplete(found)
    locked.state, locked.published_version = state, locked.version
    locked.save(update_fields=["state", "published_version"])
    return _revise(locked, content, kind, by, right.mandate)


@transaction.atomic
def confirm(sheet: Sheet, *, by: User) -> Revision:
    """Say that the action goes on: a revision with what is public already, whatever waits in the working copy."""
    right = require(by, sheet.collectivity, Role.PUBLISHER)
    locked = _published(sheet)
    return _revise(locked, last_content(locked), RevisionKind.CONFIRMATION, by, right.mandate)


@transaction.atomic
def end(sheet: Sheet, *, by: User, on: date) -> Revision:
    """Say when the action ended, in what is public and in the working copy, and nothing else."""
    right = require(by, sheet.collectivity, Role.PUBLISHER)
    locked = _published(sheet)
    content = dict(last_content(locked)) | {"is_running": False, "ended_on": on.isoformat()}
    if found := [one for one in problems(content, today=timezone.localdate()) if one.field in STATUS_FIELDS]:
        raise Incomplete(found)
    was_published = locked.version == locked.published_version
    locked.is_running, locked.ended_on, locked.version = False, on, locked.version + 1
    if was_published:
        locked.published_version = locked.version
    locked.saved_by, locked.saved_at = by, timezone.now()
    locked.save()
    return _revise(locked, content, RevisionKind.END, by, right.mandate)


@transaction.atomic
def archive(sheet: Sheet, *, by: User) -> Sheet:
    """Take a fiche off the public pages; it is kept, and can be published again."""
    right = require(by, sheet.collectivity, Role.PUBLISHER)
    locked = _locked(sheet)
    locked.state = next_state(locked.state, "archive")
    locked.save(update_fields=["state"])
    project([locked.pk])
    _note(locked, "archive", by, right.mandate)
    return locked


@transaction.atomic
def restore(sheet: Sheet, *, revision: Revision, by: User, version: int) -> Revision:
    """Publish an earlier revision again, as a new one; its pictures that were erased since are left out."""
    right = require(by, sheet.collectivity, Role.PUBLISHER)
    locked = _locked(sheet)
    state = next_state(locked.state, "publish")
    if locked.version != version:
        raise Conflict(
            "Cette fiche a changé depuis que vous l’avez lue : relisez-la avant de reprendre une version.",
            current=locked,
            proposed={"facts": {}, "services": None},
        )
    source = Revision.objects.get(pk=revision.pk, sheet=locked)
    for name in FACTS:
        setattr(locked, name, source.content[name])
    locked.inspired_by_id = source.content["inspired_by"]
    locked.services.set(Service.objects.filter(code__in=source.content["services"]))
    _restore_attachments(locked, source.content)
    locked.state, locked.version = state, locked.version + 1
    locked.published_version, locked.saved_by, locked.saved_at = locked.version, by, timezone.now()
    locked.save()
    locked.refresh_from_db()
    return _revise(
        locked, content_of(locked), RevisionKind.RESTORATION, by, right.mandate, restored=source
    )


@transaction.atomic
def delete_draft(sheet: Sheet, *, by: User) -> None:
    """Erase a draft that was never published; anything else is archived instead."""
    require(by, sheet.collectivity, Role.CONTRIBUTOR)
    locked = _locked(sheet)
    if locked.state != SheetState.DRAFT or locked.revisions.exists():
        raise Refused("Seul un brouillon jamais publié s’efface ; archivez plutôt cette fiche.")
    locked.delete()


def last_content(sheet: Sheet) -> Content:
    """What is public of a fiche: the content of its last revision."""
    content: Content = sheet.revisions.order_by("-number").values_list("content", flat=True)[0]
    return content


def _locked(sheet: Sheet) -> Sheet:
    return (
        Sheet.objects.select_for_update(of=("self",), no_key=True)
        .select_related("collectivity")
        .get(pk=sheet.pk)
    )


def _published(sheet: Sheet) -> Sheet:
    locked = _locked(sheet)
    if locked.state != SheetState.PUBLISHED:
        raise Refused("Cette fiche n’est pas publiée.")
    return locked


def _restore_attachments(sheet: Sheet, content: Content) -> None:
    named = [one["id"] for one in content["attachments"]]  # type: ignore[attr-defined]
    sheet.attachments.filter(removed_at=None).exclude(pk__in=named).update(removed_at=Now())
    sheet.attachments.filter(pk__in=named).update(removed_at=None)


def _revise(
    sheet: Sheet,
    content: Content,
    kind: RevisionKind,
    by: User,
    mandate: Mandate | None,
    *,
    restored: Revision | None = None,
) -> Revision:
    last = sheet.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    revision = Revision.objects.create(
        sheet=sheet,
        number=last + 1,
        kind=kind,
        content=content,
        digest=digest(content),
        by=by,
        mandate=mandate,
        restored=restored,
    )
    project([sheet.pk])
    _note(sheet, kind, by, mandate)
    return revision


def _note(sheet: Sheet, step: str, by: User | None, mandate: Mandate | None) -> None:
    SheetStep.objects.create(sheet=sheet, step=step, by=by, mandate=mandate)
