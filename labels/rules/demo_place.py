"""Where the demonstration's fiches stand: near the centre of a commune, without the outline of any being known."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin, sqrt
from random import Random

from atlaas.rules.distance import km_between

KM_A_DEGREE = 111.2
FARTHEST_KM = 1.0
CELL = 0.1  # degrees: about 11 km


@dataclass(frozen=True)
class Spot:
    """The centre of a commune (degrees), and how far from it one is still surely inside (km)."""

    name: str
    lon: float
    lat: float
    radius: float


def with_radius(
    centres: Sequence[tuple[str, float, float]], all_centres: Iterable[tuple[float, float]]
) -> list[Spot]:
    """Give each (name, lon, lat) its radius: 0.4 of the way to the nearest other centre, 1 km at most.

    No outline of a commune is loaded. Within half of the way to the nearest other centre a point is nearer to its own
    centre than to any other: a fair guess of being inside, not a proof.
    """
    grid: dict[tuple[int, int], list[tuple[float, float]]] = defaultdict(list)
    for lon, lat in all_centres:
        grid[_cell(lon, lat)].append((lon, lat))
    return [Spot(name, lon, lat, _radius(lon, lat, grid)) for name, lon, lat in centres]


def _radius(lon: float, lat: float, grid: dict[tuple[int, int], list[tuple[float, float]]]) -> float:
    x, y = _cell(lon, lat)
    near = (
        km_between(lon, lat, *other)
        for dx in (-1, 0, 1)
        for dy in (-1, 0, 1)
        for other in grid.get((x + dx, y + dy), ())
        if other != (lon, lat)
    )
    return min(FARTHEST_KM, 0.4 * min(near, default=FARTHEST_KM / 0.4))


def _cell(lon: float, lat: float) -> tuple[int, int]:
    return int(lon // CELL), int(lat // CELL)


def point(spot: Spot, random: Random) -> tuple[float, float]:
    """A longitude and a latitude drawn evenly in the disc of the spot, in degrees with five decimals (a metre)."""
    away = spot.radius * sqrt(random.random()) / KM_A_DEGREE
    turn = 2 * pi * random.random()
    lon = spot.lon + away * cos(turn) / cos(radians(spot.lat))
    return round(lon, 5), round(spot.lat + away * sin(turn), 5)
