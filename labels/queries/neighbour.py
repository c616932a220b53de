"""Who is around: laureates by distance, communes within a circle."""

from dataclasses import dataclass
from math import cos, radians

from django.db.models import Exists, OuterRef, QuerySet

from atlaas.choices import CollectivityKind
from atlaas.models import Collectivity
from atlaas.rules.distance import km_between
from labels.models import Award, Edition
from labels.queries.line import Line, lines

DEGREE_KM = 111.2
AROUND_KM = 20


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A laureate and how far it is, in kilometres."""

    line: Line
    km: float


@dataclass(frozen=True)
class Surroundings:
    """Communes whose centre is less than `km` away, and how many of them won in the edition."""

    km: int
    communes: int
    labelled: int


def nearest_laureates(
    place: Collectivity, edition: Edition, user: object, *, limit: int = 6
) -> list[Neighbour]:
    """Laureates of the edition around a place, the nearest first (three queries).

    The point of a syndicat is that of its département: it is near nothing, and nothing is near it.
    Distances are computed here: an edition has hundreds of laureates, and PostgreSQL takes longer to be asked.
    """
    if place.lon is None or place.lat is None or place.kind == CollectivityKind.SYNDICAT:
        return []
    others = Award.objects.visible_to(user).laureates().filter(edition=edition)
    others = others.filter(collectivity__lat__isnull=False).exclude(collectivity=place)
    others = others.exclude(collectivity__kind=CollectivityKind.SYNDICAT)
    points = others.values_list("collectivity__code", "pk", "collectivity__lon", "collectivity__lat")
    distances = sorted(
        (km_between(place.lon, place.lat, lon, lat), code, pk) for code, pk, lon, lat in points
    )
    km = {code: distance for distance, code, _ in distances[:limit]}
    near = lines(Award.objects.filter(pk__in=[pk for _, _, pk in distances[:limit]]))
    found = (Neighbour(line, km[line.code]) for line in near)
    return sorted(found, key=lambda one: (one.km, one.line.code))


def surroundings(place: Collectivity, edition: Edition, *, km: int = AROUND_KM) -> Surroundings | None:
    """None for a place without a point; a box cut by the index comes before the exact circle."""
    lon, lat = place.lon, place.lat
    if lon is None or lat is None or place.kind == CollectivityKind.SYNDICAT:
        return None
    won = Exists(Award.objects.laureates().filter(edition=edition, collectivity=OuterRef("pk")))
    boxed = _boxed(lon, lat, km).exclude(pk=place.pk).values_list("lon", "lat", won)
    inside = [is_won for at_lon, at_lat, is_won in boxed if km_between(lon, lat, at_lon, at_lat) < km]
    return Surroundings(km, len(inside), sum(inside))


def _boxed(lon: float, lat: float, km: int) -> QuerySet[Collectivity]:
    north = km / DEGREE_KM
    east = north / max(cos(radians(lat)), 0.01)
    communes = Collectivity.objects.filter(is_current=True, kind=CollectivityKind.COMMUNE)
    return communes.filter(lat__range=(lat - north, lat + north), lon__range=(lon - east, lon + east))
