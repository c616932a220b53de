"""The verbs of `operations.sheet` over many fiches of one collectivité at once: the same rules, a constant number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from atlaas.choices import RevisionKind
from atlaas.models import Mandate, Revision, Sheet, SheetStep, User
from atlaas.operations.publication import project
from atlaas.rules.sheet import Content, digest


@dataclass(frozen=True, slots=True)
class Change:
    """What a fiche says from now on, and what kind of revision says it; `number` is that of its last revision.

    `restored` is the earlier revision that a restoration brings back.
    """

    sheet: Sheet
    content: Content
    kind: RevisionKind
    number: int
    restored: Revision | None = None


def lock(collectivity_id: int, ids: Iterable[UUID]) -> dict[UUID, Sheet]:
    """The fiches of a collectivité, held until the end of the transaction, always in the same order."""
    rows = Sheet.objects.select_for_update(of=("self",), no_key=True).filter(
        collectivity=collectivity_id, pk__in=list(ids)
    )
    return {sheet.pk: sheet for sheet in rows.order_by("pk")}


def last_revisions(sheets: Iterable[UUID]) -> Mapping[UUID, Revision]:
    """The last revision of each fiche; one query."""
    rows = Revision.objects.filter(sheet__in=list(sheets)).order_by("sheet_id", "-number")
    return {revision.sheet_id: revision for revision in rows.distinct("sheet_id")}


def write(changes: Sequence[Change], archived: Sequence[Sheet], *, by: User, mandate: Mandate | None) -> None:
    """Publish one revision a change, take the archived fiches off the public pages, and note every step.

    The caller holds the fiches, has checked the right, has advanced the working copies and saved them.
    """
    Revision.objects.bulk_create(
        Revision(
            sheet=one.sheet,
            number=one.number + 1,
            kind=one.kind,
            content=dict(one.content),
            digest=digest(one.content),
            restored=one.restored,
            by=by,
            mandate=mandate,
        )
        for one in changes
    )
    steps = [(one.sheet, str(one.kind)) for one in changes] + [(sheet, "archive") for sheet in archived]
    project([sheet.pk for sheet, _step in steps])
    SheetStep.objects.bulk_create(
        SheetStep(sheet=sheet, step=step, by=by, mandate=mandate) for sheet, step in steps
    )
