"""Who is around: laureates by distance, communes within a circle."""

from dataclasses import dataclass
from math import cos, radians
from typing import Any

from django.db.models import Count, Exists, ExpressionWrapper, F, FloatField, OuterRef, Q, QuerySet, Value
from django.db.models.functions import ASin, Cos, Least, Radians, Sin, Sqrt

from atlaas.choices import CollectivityKind
from atlaas.models import Collectivity
from labels.models import Award, Edition

EARTH_KM = 6371.0
DEGREE_KM = 111.2
AROUND_KM = 20


@dataclass(frozen=True)
class Surroundings:
    """Communes whose centre is less than `km` away, and how many of them won in the edition."""

    km: int
    communes: int
    labelled: int


def distance_km(lon: float, lat: float, path: str = "") -> "ExpressionWrapper[Any]":
    """The distance in kilometres, on a sphere, from a point to the rows' own (`path` leads to their lon and lat)."""
    north = Sin((Radians(F(f"{path}lat")) - Radians(Value(lat))) / 2.0)
    east = Sin((Radians(F(f"{path}lon")) - Radians(Value(lon))) / 2.0)
    half = north * north + Cos(Radians(Value(lat))) * Cos(Radians(F(f"{path}lat"))) * east * east
    angle = ASin(Least(Sqrt(half), Value(1.0)))
    return ExpressionWrapper(angle * (2 * EARTH_KM), output_field=FloatField())


def nearest_laureates(place: Collectivity, edition: Edition, user: object, *, limit: int = 6) -> list[Award]:
    """Laureates of the edition around a place, the nearest first, each with its `km` (two queries more for mentions)."""
    if place.lon is None or place.lat is None:
        return []
    others = (
        Award.objects.visible_to(user).laureates().filter(edition=edition, collectivity__lat__isnull=False)
    )
    near = others.exclude(collectivity=place).annotate(km=distance_km(place.lon, place.lat, "collectivity__"))
    return list(near.for_lists().order_by("km", "collectivity__code")[:limit])


def surroundings(place: Collectivity, edition: Edition, *, km: int = AROUND_KM) -> Surroundings | None:
    """None for a place without a point; a box cut by the index comes before the exact circle."""
    if place.lon is None or place.lat is None:
        return None
    around = _boxed(place.lon, place.lat, km).exclude(pk=place.pk)
    won = Award.objects.laureates().filter(edition=edition, collectivity=OuterRef("pk"))
    found = around.annotate(km=distance_km(place.lon, place.lat), won=Exists(won)).filter(km__lt=km)
    counts = found.aggregate(communes=Count("pk"), labelled=Count("pk", filter=Q(won=True)))
    return Surroundings(km, counts["communes"], counts["labelled"])


def _boxed(lon: float, lat: float, km: int) -> QuerySet[Collectivity]:
    north = km / DEGREE_KM
    east = north / max(cos(radians(lat)), 0.01)
    communes: QuerySet[Collectivity] = Collectivity.objects.current().filter(kind=CollectivityKind.COMMUNE)
    return communes.filter(lat__range=(lat - north, lat + north), lon__range=(lon - east, lon + east))
