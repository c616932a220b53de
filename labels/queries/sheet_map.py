"""The fiches of a window of the map: clusters made by the database, and the list that says the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, CharField, Count, F, Max, Min, QuerySet, Value
from django.db.models.functions import Cast, Floor, Ln, Pi, Radians, Sin

from atlaas.models import Collectivity, PublicSheet
from labels.queries.sheet_search import matching
from labels.rules.sheet_filters import SheetFilters, shortened
from labels.rules.viewport import Viewport

LISTED = 20  # fiches beside the map; the list page has them all
TITLE = 80  # characters of a title on the map


@dataclass(frozen=True, slots=True)
class Cluster:
    """Several fiches of one cell, at their centre of gravity; `collectivity` when all are of one, `box` what holds them."""

    lon: float
    lat: float
    count: int
    box: tuple[float, float, float, float]
    collectivity: Collectivity | None


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """What a window shows: `total` fiches, of which the first are `listed`, the newest first."""

    total: int
    clusters: Sequence[Cluster]
    singles: Sequence[PublicSheet]
    listed: Sequence[PublicSheet]


def map_answer(filters: SheetFilters, window: Viewport, user: object) -> MapAnswer:
    """Clusters and fiches of a window; 4 queries, one more where the filters ask for a category."""
    box = window.box
    inside = matching(filters, user).filter(
        lon__gte=box.west, lon__lte=box.east, lat__gte=box.south, lat__lte=box.north
    )
    cells = sorted(_cells(inside, window.cell), key=lambda cell: (cell["row"], cell["column"]))
    alone = [cell["one"] for cell in cells if cell["count"] == 1]
    several = [cell for cell in cells if cell["count"] > 1]
    towns = Collectivity.objects.only("name", "code").in_bulk(
        [cell["first"] for cell in several if cell["first"] == cell["last"]]
    )
    return MapAnswer(
        total=sum(cell["count"] for cell in cells),
        clusters=[_cluster(cell, towns) for cell in several],
        singles=list(_shown(PublicSheet.objects.visible_to(user).filter(pk__in=alone)).order_by("pk")),
        listed=list(_shown(inside).order_by("-updated_at", "sheet_id")[:LISTED]),
    )


def _cells(found: QuerySet[PublicSheet], side: float) -> Iterable[Mapping[str, Any]]:
    """One row a cell of the grid, which is laid from the corner of the world so that panning does not move it."""
    sine = Sin(Radians("lat"))
    south = Value(0.5) - Ln((Value(1.0) + sine) / (Value(1.0) - sine)) / (Value(4.0) * Pi())
    return (
        found.order_by()
        .values(
            column=Floor((F("lon") + Value(180.0)) / Value(360.0) / Value(side)),
            row=Floor(south / Value(side)),
        )
        .annotate(
            count=Count("pk"),
            mean_lon=Avg("lon"),
            mean_lat=Avg("lat"),
            west=Min("lon"),
            south=Min("lat"),
            east=Max("lon"),
            north=Max("lat"),
            first=Min("collectivity_id"),
            last=Max("collectivity_id"),
            one=Min(Cast("pk", CharField())),
        )
    )


def _cluster(cell: Mapping[str, Any], towns: Mapping[int, Collectivity]) -> Cluster:
    box = (cell["west"], cell["south"], cell["east"], cell["north"])
    town = towns.get(cell["first"]) if cell["first"] == cell["last"] else None
    return Cluster(cell["mean_lon"], cell["mean_lat"], cell["count"], box, town)


def _shown(found: QuerySet[PublicSheet]) -> QuerySet[PublicSheet]:
    """What a mark or a line of the list reads of a fiche, and nothing else."""
    return found.select_related("collectivity").only(
        "title", "lon", "lat", "updated_at", "is_demo", "collectivity__name"
    )


def map_title(public: PublicSheet) -> str:
    return shortened(public.title, TITLE)
