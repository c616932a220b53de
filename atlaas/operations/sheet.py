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
from atlaas.queries.sheet import content_of, plain
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.sheet import FACTS, STATUS_FIELDS, Content, Problem, digest, next_state, problems, tidy


class Incomplete(Refused):
    """The fiche cannot be published yet; `problems` says field by field what to mend."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(
            "La fiche n’est pas encore complète : corrigez ce qui est indiqué, rien n’est perdu."
        )
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
        note_step(sheet, "start", by, right.mandate)
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
    Saving what is already there changes nothing, not even the version, and is no conflict: the answer to the same
    request may have been lost on its way.
    """
    require(by, sheet.collectivity, Role.CONTRIBUTOR)
    locked = locked_sheet(sheet)
    facts = {name: tidy(value) for name, value in facts.items()}
    changed = [name for name in FACTS if name in facts and plain(facts[name]) != plain(getattr(locked, name))]
    chosen = None if services is None else _other_services(locked, services)
    if not changed and chosen is None:
        return locked
    if locked.version != version:
        raise Conflict(
            "Cette fiche a été enregistrée par quelqu’un d’autre entre-temps : voici les deux textes.",
            current=locked,
            proposed={"facts": dict(facts), "services": services},
        )
    for name in changed:
        setattr(locked, name, facts[name])
    if chosen is not None:
        locked.services.set(chosen)
    locked.version += 1
    locked.saved_by = by
    locked.saved_at = timezone.now()
    locked.save()
    return locked


@transaction.atomic
def publish(
    sheet: Sheet, *, by: User, version: int, kind: RevisionKind = RevisionKind.PUBLICATION
) -> Revision:
    """Make the working copy, as it was read, public for good; `Incomplete` says what is missing.

    What is public already makes no second revision: the answer to the same click may have been lost on its way.
    """
    right = require(by, sheet.collectivity, Role.PUBLISHER)
    locked = locked_sheet(sheet)
    state = next_state(locked.state, "publish")
    if locked.version != version:
        raise Conflict(
            "Cette fiche a changé depuis que vous l’avez lue : relisez-la avant de la publier.",
            current=locked,
            proposed={"facts": {}, "services": None},
        )
    if locked.state == SheetState.PUBLISHED and locked.published_version == version:
        return last_revision(locked)
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
    locked = locked_sheet(sheet)
    locked.state = next_state(locked.state, "archive")
    locked.save(update_fields=["state"])
    project([locked.pk])
    note_step(locked, "archive", by, right.mandate)
    return locked


@transaction.atomic
def restore(sheet: Sheet, *, revision: Revision, by: User, version: int) -> Revision:
    """Publish an earlier revision again, as a new one; its pictures that were erased since are left out.

    `Refused` while a text waits to be published, since no revision would keep it; `Incomplete` as for a publication.
    """
    right = require(by, sheet.collectivity, Role.PUBLISHER)
    locked = locked_sheet(sheet)
    state = next_state(locked.state, "publish")
    if locked.version != version:
        raise Conflict(
            "Cette fiche a changé depuis que vous l’avez lue : relisez-la avant de reprendre une version.",
            current=locked,
            proposed={"facts": {}, "services": None},
        )
    if locked.has_unpublished_changes:
        raise Refused(
            "Un texte enregistré attend d’être publié, et reprendre une version l’effacerait : "
            "publiez-le d’abord, il restera parmi les versions."
        )
    source = locked.revisions.filter(pk=revision.pk).first()
    if source is None:
        raise Refused("Cette version n’est pas de cette fiche.")
    for name in FACTS:
        setattr(locked, name, source.content[name])
    locked.inspired_by = Sheet.objects.filter(pk=source.content["inspired_by"]).first()
    locked.services.set(Service.objects.filter(code__in=source.content["services"]))
    _restore_attachments(locked, source.content)
    locked.state, locked.version = state, locked.version + 1
    locked.published_version, locked.saved_by, locked.saved_at = locked.version, by, timezone.now()
    locked.save()
    locked.refresh_from_db()
    content = content_of(locked)
    if found := problems(content, today=timezone.localdate()):
        raise Incomplete(found)
    return _revise(locked, content, RevisionKind.RESTORATION, by, right.mandate, restored=source)


@transaction.atomic
def delete_draft(sheet: Sheet, *, by: User) -> None:
    """Erase a draft that was never published; anything else is archived instead."""
    require(by, sheet.collectivity, Role.CONTRIBUTOR)
    locked = locked_sheet(sheet)
    if locked.state != SheetState.DRAFT or locked.revisions.exists():
        raise Refused("Seul un brouillon jamais publié s’efface ; archivez plutôt cette fiche.")
    locked.delete()


def last_revision(sheet: Sheet) -> Revision:
    """What is public of a fiche, or was last."""
    return sheet.revisions.order_by("-number")[0]


def last_content(sheet: Sheet) -> Content:
    content: Content = last_revision(sheet).content
    return content


def locked_sheet(sheet: Sheet) -> Sheet:
    """The fiche as it is stored, held until the end of the transaction; `Refused` when it was erased meanwhile."""
    rows = Sheet.objects.select_for_update(of=("self",), no_key=True).select_related("collectivity")
    found = rows.filter(pk=sheet.pk).first()
    if found is None:
        raise Refused("Cette fiche vient d’être effacée : revenez à la liste de vos fiches.")
    return found


def note_step(sheet: Sheet, step: str, by: User | None, mandate: Mandate | None) -> None:
    SheetStep.objects.create(sheet=sheet, step=step, by=by, mandate=mandate)


def _published(sheet: Sheet) -> Sheet:
    locked = locked_sheet(sheet)
    if locked.state != SheetState.PUBLISHED:
        raise Refused("Cette fiche n’est pas publiée.")
    return locked


def _other_services(sheet: Sheet, codes: Sequence[str]) -> list[Service] | None:
    """The services named by these codes (unknown ones are left out), or None when they are the fiche's already."""
    now = set(sheet.services.values_list("code", flat=True))
    if now == set(codes):
        return None
    wanted = list(Service.objects.filter(code__in=codes))
    return None if {service.code for service in wanted} == now else wanted


def _restore_attachments(sheet: Sheet, content: Content) -> None:
    """The files of a content, with the names and the order they had in it."""
    named = {one["id"]: one for one in content["attachments"]}  # type: ignore[attr-defined]
    sheet.attachments.filter(removed_at=None).exclude(pk__in=named).update(removed_at=Now())
    places = {pk: place for place, pk in enumerate(named)}
    for one in sheet.attachments.filter(pk__in=named):
        told = named[str(one.pk)]
        one.removed_at, one.position = None, places[str(one.pk)]
        one.name, one.alt = told["name"], told["alt"]
        one.save(update_fields=["removed_at", "position", "name", "alt"])


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
    note_step(sheet, kind, by, mandate)
    return revision
