"""What an import reads: the fiches that stand, the services, and the runs of a collectivité."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from atlaas.choices import SheetState
from atlaas.models import (
    Attachment,
    Collectivity,
    ImportedSheet,
    Revision,
    Service,
    Sheet,
    SheetImport,
    SheetStep,
)
from atlaas.queries.sheet import plain
from atlaas.rules.sheet import FACTS, Content
from atlaas.rules.sheet_import import CREATE, ERROR, SKIP, UPDATE, KnownSheet
from atlaas.rules.sheet_services import Services


def open_services() -> Services:
    """The services of the référentiel that are still in use, in their order."""
    rows = Service.objects.filter(last_year=None).order_by("position", "code")
    return Services(dict(rows.values_list("code", "name")))


def known_sheets(collectivity: Collectivity) -> list[KnownSheet]:
    """Every fiche of the collectivité as a table meets it; two queries."""
    sheets = list(Sheet.objects.filter(collectivity=collectivity).order_by("created_at", "pk"))
    services = services_of(sheet.pk for sheet in sheets)
    return [
        KnownSheet(
            str(sheet.pk),
            sheet.version,
            sheet.state == SheetState.ARCHIVED,
            facts_of(sheet) | {"services": services[sheet.pk]},
        )
        for sheet in sheets
    ]


def facts_of(sheet: Sheet) -> dict[str, object]:
    return {name: plain(getattr(sheet, name)) for name in FACTS}


def services_of(sheets: Iterable[UUID]) -> Mapping[UUID, list[str]]:
    """The codes of the services of many fiches, in the order of the référentiel."""
    found: dict[UUID, list[str]] = defaultdict(list)
    links = Sheet.services.through.objects.filter(sheet__in=list(sheets))
    ordered = links.order_by("sheet_id", "service__position", "service__code")
    for sheet, code in ordered.values_list("sheet_id", "service__code"):
        found[sheet].append(code)
    return found


def contents_of(sheets: Sequence[Sheet]) -> Mapping[UUID, Content]:
    """`queries.sheet.content_of` for many fiches, in two queries."""
    ids = [sheet.pk for sheet in sheets]
    services, attachments = services_of(ids), _attachments_of(ids)
    return {
        sheet.pk: facts_of(sheet)
        | {
            "services": services[sheet.pk],
            "attachments": attachments[sheet.pk],
            "inspired_by": str(sheet.inspired_by_id) if sheet.inspired_by_id else None,
        }
        for sheet in sheets
    }


def _attachments_of(ids: Iterable[UUID]) -> Mapping[UUID, list[dict[str, object]]]:
    found: dict[UUID, list[dict[str, object]]] = defaultdict(list)
    rows = Attachment.objects.filter(sheet__in=list(ids), removed_at=None)
    named = ("id", "kind", "name", "alt", "size", "width", "height")
    for row in rows.order_by("sheet_id", "position", "created_at", "pk").values("sheet_id", *named):
        found[row.pop("sheet_id")].append(row | {"id": str(row["id"])})
    return found


@dataclass(frozen=True)
class Tally:
    """How many lines a run would create, change, pass over, and cannot read; and how many errors in all."""

    lines: int
    create: int
    update: int
    skip: int
    error: int
    errors: int
    incomplete: int

    @property
    def to_import(self) -> int:
        return self.create + self.update


def tally(run: SheetImport) -> Tally:
    chosen = Counter(ERROR if line["problems"] else line["choice"] for line in run.lines)
    return Tally(
        lines=len(run.lines),
        create=chosen[CREATE],
        update=chosen[UPDATE],
        skip=chosen[SKIP],
        error=chosen[ERROR],
        errors=sum(len(line["problems"]) for line in run.lines),
        incomplete=sum(bool(line["missing"]) and line["choice"] in {CREATE, UPDATE} for line in run.lines),
    )


def outcomes(run: SheetImport) -> Mapping[str, int]:
    """How many lines came to each outcome, once imported."""
    return Counter(line["outcome"] for line in run.lines if line["outcome"])


def runs_of(collectivity: Collectivity) -> QuerySet[SheetImport]:
    """The imports of a collectivité, the latest first, without their lines."""
    return (
        SheetImport.objects.filter(collectivity=collectivity).select_related("by").defer("lines", "columns")
    )


def touched(run: SheetImport) -> QuerySet[ImportedSheet]:
    """The fiches of an import that somebody wrote, published, archived, withdrew or illustrated since."""
    since = {"sheet": OuterRef("sheet"), "at__gt": run.done_at}
    pieces = Attachment.objects.filter(
        Q(created_at__gt=run.done_at) | Q(removed_at__gt=run.done_at), sheet=OuterRef("sheet")
    )
    return ImportedSheet.objects.filter(run=run).filter(
        ~Q(sheet__version=F("version_after"))
        | Exists(SheetStep.objects.filter(**since))
        | Exists(Revision.objects.filter(**since))
        | Exists(pieces)
    )
