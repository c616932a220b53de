"""What the page of a published fiche shows, beside the fiche itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, F, IntegerField, Q, Value, Window
from django.db.models.functions import Abs, Coalesce

from atlaas.models import Collectivity, PublicSheet, Service
from labels.models import Rulebook
from labels.queries.map import Locator, locator, region_drawing
from labels.rules.category import category_of

RELATED = 3
OF_ONE_TOWN = 6
UNKNOWN = 10_000_000  # farther than any number of inhabitants


def public_sheet(pk: UUID, user: object) -> PublicSheet | None:
    """The fiche with its place and the revision it shows; None when the public does not read it."""
    rows = PublicSheet.objects.visible_to(user).with_place().select_related("revision__mandate__operator")
    found: PublicSheet | None = rows.defer("search").filter(pk=pk).first()
    return found


def services_of(sheet: PublicSheet) -> list[Service]:
    """Its services in the order of the référentiel, each with its enjeu and famille (one query)."""
    return list(Service.objects.filter(pk__in=sheet.service_ids).select_related("enjeu__family"))


def category_now(sheet: PublicSheet) -> str:
    """« village », « ville » or « territoire » by the newest rulebook; empty when nobody knows the population."""
    told = Rulebook.objects.order_by("-edition__year").values_list("village_below", flat=True).first()
    limit = Rulebook().village_below if told is None else told
    found = category_of(sheet.collectivity_kind, sheet.population, village_below=limit)
    return found.label if found else ""


def related_to(sheet: PublicSheet, user: object) -> list[PublicSheet]:
    """Fiches of others on a same service: of a like kind first, then of the nearest population (one query)."""
    others = PublicSheet.objects.visible_to(user).filter(service_ids__overlap=sheet.service_ids)
    others = others.exclude(collectivity=sheet.collectivity_id)
    unlike = Q(collectivity_kind=sheet.collectivity_kind)
    gap = Abs(
        Coalesce(F("population"), Value(UNKNOWN)) - Value(sheet.population or 0), output_field=IntegerField()
    )
    ordered = others.annotate(is_like=unlike, gap=gap).order_by("-is_like", "gap", "-updated_at", "pk")
    return list(ordered.select_related("collectivity").defer("text", "search")[:RELATED])


def source_of(sheet: PublicSheet, user: object) -> PublicSheet | None:
    """The fiche that it credits, while the public reads it."""
    if sheet.inspired_by_id is None:
        return None
    rows = PublicSheet.objects.visible_to(user).select_related("collectivity").defer("text", "search")
    found: PublicSheet | None = rows.filter(pk=sheet.inspired_by_id).first()
    return found


def inspired_count(sheet: PublicSheet, user: object) -> int:
    """How many other collectivités have published a fiche that credits it."""
    took = PublicSheet.objects.visible_to(user).filter(inspired_by=sheet.pk)
    told: int = took.exclude(collectivity=sheet.collectivity_id).aggregate(
        number=Count("collectivity", distinct=True)
    )["number"]
    return told


def sheet_locator(sheet: PublicSheet) -> Locator | None:
    """Where it is in its région; a point outside of the drawing (a trip, a twin town) shows the collectivité instead."""
    drawing = region_drawing(sheet.region_id, sheet.collectivity.region.name)
    if drawing is None or sheet.lon is None or sheet.lat is None:
        return locator(sheet.collectivity)
    x, y = drawing.frame.place(sheet.lon, sheet.lat)
    if 0 <= x <= drawing.frame.width and 0 <= y <= drawing.frame.height:
        return Locator(drawing, x, y)
    return locator(sheet.collectivity)


@dataclass(frozen=True)
class SheetsOf:
    """The newest fiches of a collectivité, and how many it has."""

    latest: Sequence[PublicSheet]
    number: int


def sheets_of(place: Collectivity, user: object) -> SheetsOf:
    """One query for both."""
    rows = (
        PublicSheet.objects.visible_to(user).filter(collectivity=place).annotate(number=Window(Count("pk")))
    )
    latest = list(rows.defer("text", "search").order_by("-updated_at", "pk")[:OF_ONE_TOWN])
    return SheetsOf(latest, latest[0].number if latest else 0)
