"""How many fiches each département has, on maps that need no JavaScript; and the ground of the zoomable map."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from django.db.models import Count

from atlaas.models import Departement, Region
from atlaas.queries.contour import contours, territory
from atlaas.rules.cartography import Line
from labels.queries.map import OVERSEAS, Drawing, france, overseas
from labels.queries.sheet_search import matching
from labels.rules.sheet_filters import SheetFilters

STEPS = (1, 20, 100, 300)  # fiches from which a shade begins


@dataclass(frozen=True, slots=True)
class Area:
    """A département and its fiches; `path` is the value of an SVG `d`, `shade` from 0 to 4."""

    departement: Departement
    count: int
    path: str

    @property
    def shade(self) -> int:
        return sum(self.count >= step for step in STEPS)


@dataclass(frozen=True, slots=True)
class DensityMap:
    drawing: Drawing
    areas: Sequence[Area]


@dataclass(frozen=True, slots=True)
class Place:
    """A région, its fiches (those tied to no département included), and those of each of its départements."""

    region: Region
    count: int
    areas: Sequence[Area]


@dataclass(frozen=True, slots=True)
class Density:
    total: int
    maps: Sequence[DensityMap]
    places: Sequence[Place]


def density(filters: SheetFilters, user: object) -> Density:
    """The fiches that are asked for, by région and département; 3 queries."""
    found = matching(filters, user).order_by().values_list("region", "departement").annotate(Count("pk"))
    by_region: dict[str, int] = {}
    by_departement: dict[str | None, int] = {}
    for region, departement, count in found:
        by_region[region] = by_region.get(region, 0) + count
        by_departement[departement] = by_departement.get(departement, 0) + count
    areas = [
        Area(one, by_departement.get(one.pk, 0), _path(one.region_id, one.pk))
        for one in Departement.objects.all()
    ]
    places = [
        Place(
            region,
            by_region.get(region.pk, 0),
            [one for one in areas if one.departement.region_id == region.pk],
        )
        for region in Region.objects.all()
    ]
    return Density(sum(by_region.values()), _maps(areas), places)


def _maps(areas: Iterable[Area]) -> list[DensityMap]:
    drawn = [one for one in areas if one.path]
    home = DensityMap(france(), [one for one in drawn if one.departement.region_id not in OVERSEAS])
    far = (
        DensityMap(overseas(code), [one for one in drawn if one.departement.region_id == code])
        for code in OVERSEAS
        if territory((code,)).rings
    )
    return [home, *far]


@cache
def _path(region: str, departement: str) -> str:
    frame = overseas(region).frame if region in OVERSEAS else france().frame
    return "".join(frame.path(ring, close=True) for ring in contours().departement(departement))


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A place to go to on the map; `bbox` is « west,south,east,north » in degrees."""

    name: str
    bbox: str


@cache
def shortcuts() -> tuple[Shortcut, ...]:
    """France, then each overseas région that has a contour."""
    home = tuple(code for code in contours().region_codes if code not in OVERSEAS)
    places = [("France métropolitaine", home), *((name, (code,)) for code, name in OVERSEAS.items())]
    return tuple(
        Shortcut(name, _bbox(territory(codes).outline)) for name, codes in places if territory(codes).rings
    )


def _bbox(line: Line) -> str:
    lons, lats = zip(*line, strict=True)
    return ",".join(f"{value:.2f}" for value in (min(lons), min(lats), max(lons), max(lats)))


@cache
def ground() -> bytes:
    """The land of the régions and the borders of départements as GeoJSON, to a hundred metres."""
    codes = contours().region_codes
    land = [[_rounded(ring)] for ring in territory(codes).rings]
    borders = [_rounded(line) for line in territory(codes).borders]
    features = [
        _feature("land", "MultiPolygon", land),
        _feature("border", "MultiLineString", borders),
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()


def _rounded(line: Line) -> list[tuple[float, float]]:
    return [(round(lon, 3), round(lat, 3)) for lon, lat in line]


def _feature(kind: str, shape: str, coordinates: object) -> dict[str, object]:
    geometry = {"type": shape, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": geometry}
