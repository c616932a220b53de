"""Draw maps: projections, contours of a TopoJSON file, frames and paths (pure: the same input draws the same map).

Lengths on the ground are metres, places are (longitude, latitude) in degrees, drawings are whole SVG units, y downwards.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Place = tuple[float, float]
Line = tuple[Place, ...]
Projection = Callable[[float, float], tuple[float, float]]

# Lambert-93 on the ellipsoid GRS 80: constants of the algorithm ALG0003 published by IGN (NTG_71).
_EXCENTRICITY = 0.0818191910428158
_EXPONENT = 0.7256077650
_CONSTANT = 11_754_255.426
_POLE_X, _POLE_Y = 700_000.0, 12_655_612.050
_MERIDIAN = math.radians(3)
_DEGREE = 111_195.0  # metres along a meridian


def lambert93(lon: float, lat: float) -> tuple[float, float]:
    """East and north of a place in the official projection of metropolitan France."""
    phi = math.radians(lat)
    skew = _EXCENTRICITY * math.sin(phi)
    isometric = math.atanh(math.sin(phi)) - _EXCENTRICITY * math.atanh(skew)
    radius = _CONSTANT * math.exp(-_EXPONENT * isometric)
    angle = _EXPONENT * (math.radians(lon) - _MERIDIAN)
    return _POLE_X + radius * math.sin(angle), _POLE_Y - radius * math.cos(angle)


def flat_at(lat: float) -> Projection:
    """A projection for a small territory around a latitude (equirectangular, true in the middle)."""
    factor = math.cos(math.radians(lat))
    return lambda lon, at: (_DEGREE * lon * factor, _DEGREE * at)


@dataclass(frozen=True, slots=True)
class Box:
    """A window on the map, in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def outline(self, steps: int = 8) -> Line:
        """Its border with enough points to follow a curved projection, closed."""
        ways = [i / steps for i in range(steps)]
        wide, high = self.east - self.west, self.north - self.south
        return (
            *((self.west + wide * way, self.north) for way in ways),
            *((self.east, self.north - high * way) for way in ways),
            *((self.east - wide * way, self.south) for way in ways),
            *((self.west, self.south + high * way) for way in ways),
            (self.west, self.north),
        )


@dataclass(frozen=True, slots=True)
class Territory:
    """Land to draw: `rings` are closed contours, `borders` the lines between départements, each once."""

    rings: tuple[Line, ...]
    borders: tuple[Line, ...]

    @property
    def outline(self) -> Line:
        """Every point of its contours, to frame it by."""
        return tuple(place for ring in self.rings for place in ring)

    @property
    def middle(self) -> Place:
        """The middle of its bounds."""
        lons, lats = zip(*self.outline, strict=True)
        return (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2

    def within(self, box: Box) -> "Territory":
        """What a window shows of it: contours cut at its edges, lines that have a point in it."""
        rings = (cut(ring, box) for ring in self.rings)
        lines = (line for line in self.borders if any(box.holds(*place) for place in line))
        return Territory(tuple(ring for ring in rings if ring), tuple(lines))


class Contours:
    """The contours of a TopoJSON file whose layers are `reg` (régions) and `dep` (départements)."""

    def __init__(self, topology: Mapping[str, Any]) -> None:
        scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
        self._arcs = [_decoded(arc, scale, shift) for arc in topology["arcs"]]
        self._regions = {one["properties"]["code"]: one for one in topology["objects"]["reg"]["geometries"]}
        self._departements = topology["objects"]["dep"]["geometries"]

    @property
    def region_codes(self) -> tuple[str, ...]:
        return tuple(self._regions)

    def territory(self, codes: Iterable[str]) -> Territory:
        """The land of some régions; a code that the file does not hold draws nothing."""
        kept = [code for code in codes if code in self._regions]
        rings = (ring for code in kept for ring in self._rings(self._regions[code]))
        used = Counter(
            arc for one in self._departements if one["properties"]["region"] in kept for arc in _arcs_of(one)
        )
        return Territory(tuple(rings), tuple(self._arcs[arc] for arc, times in used.items() if times > 1))

    def departement(self, code: str) -> tuple[Line, ...]:
        """The closed contours of one département, by INSEE code; none when the file does not hold it."""
        found = (one for one in self._departements if one["properties"]["code"] == code)
        return tuple(ring for one in found for ring in self._rings(one))

    def neighbours(self, code: str) -> tuple[str, ...]:
        """The régions that share a border with one, by code."""
        if code not in self._regions:
            return ()
        own = set(_arcs_of(self._regions[code]))
        others = ((other, shape) for other, shape in self._regions.items() if other != code)
        return tuple(sorted(other for other, shape in others if own & set(_arcs_of(shape))))

    def _rings(self, geometry: Mapping[str, Any]) -> Iterator[Line]:
        polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
        for polygon in polygons:
            for ring in polygon:
                yield self._joined(ring)

    def _joined(self, ring: Sequence[int]) -> Line:
        """Arcs end to end: a negative index is an arc taken backwards, two neighbours share a point."""
        places: list[Place] = []
        for index in ring:
            line = self._arcs[index] if index >= 0 else self._arcs[~index][::-1]
            places += line[1:] if places else line
        return tuple(places)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a territory is drawn: `scale` is SVG units a metre, `left` and `top` the metres of the corner."""

    projection: Projection
    left: float
    top: float
    scale: float
    width: int
    height: int

    @classmethod
    def around(
        cls, projection: Projection, line: Iterable[Place], *, width: int, tallest: int, pad: int = 0
    ) -> "Frame":
        """The frame `width` units wide and at most `tallest` high that shows every place of a line, centred."""
        ground = [projection(*place) for place in line]
        easts, norths = [east for east, _ in ground], [north for _, north in ground]
        wide, high = max(easts) - min(easts), max(norths) - min(norths)
        scale = min((width - 2 * pad) / wide, (tallest - 2 * pad) / high)
        left = min(easts) - (width / scale - wide) / 2
        return cls(projection, left, max(norths) + pad / scale, scale, width, round(high * scale) + 2 * pad)

    def place(self, lon: float, lat: float) -> tuple[int, int]:
        east, north = self.projection(lon, lat)
        return round((east - self.left) * self.scale), round((self.top - north) * self.scale)

    def shows(self, lon: float, lat: float) -> bool:
        x, y = self.place(lon, lat)
        return 0 <= x <= self.width and 0 <= y <= self.height

    def bar_km(self, share: float = 0.25) -> int:
        """The longest round number of kilometres (1, 2, 5, 10…) that a scale bar of that share of the width can stand for."""
        longest = self.width * share / self.scale / 1000
        power = 10.0 ** math.floor(math.log10(longest))
        return max(1, round(next(power * step for step in (5, 2, 1) if power * step <= longest)))

    def units(self, km: float) -> int:
        return round(km * 1000 * self.scale)

    def path(self, line: Iterable[Place], *, close: bool = False) -> str:
        """The line as the value of an SVG `d`: relative whole steps; nothing when it shrinks to a point."""
        return steps((self.place(*place) for place in line), close=close)

    def land(self, territory: Territory) -> str:
        """All the contours of a territory in one `d`."""
        return "".join(self.path(ring, close=True) for ring in territory.rings)

    def borders(self, territory: Territory) -> str:
        return "".join(self.path(line) for line in territory.borders)


def steps(points: Iterable[tuple[int, int]], *, close: bool) -> str:
    """`M1 2l3 4-5 6z`: whole relative steps, standing still left out, as few signs as SVG allows."""
    drawn: list[str] = []
    last: tuple[int, int] | None = None
    for point in points:
        if last is None:
            drawn.append(f"M{point[0]} {point[1]}l")
        elif point != last:
            drawn.append(f"{point[0] - last[0]} {point[1] - last[1]} ")
        last = point
    if len(drawn) < (4 if close else 2):
        return ""
    return re.sub(r" (?=-|$)", "", "".join(drawn)) + ("z" if close else "")


def cut(ring: Line, box: Box) -> Line:
    """The part of a closed contour inside a window (Sutherland and Hodgman, edge after edge)."""
    edges: tuple[tuple[int, float, int], ...] = (
        (0, box.west, 1),
        (0, box.east, -1),
        (1, box.south, 1),
        (1, box.north, -1),
    )
    kept = ring
    for axis, limit, sign in edges:
        kept = tuple(_cut_at(kept, axis, limit, sign))
    return kept


def _cut_at(ring: Line, axis: int, limit: float, sign: int) -> Iterator[Place]:
    """Keep the side of a limit where coordinates are greater (sign 1) or smaller (sign -1)."""
    for last, place in zip(ring[-1:] + ring[:-1], ring, strict=True):
        before, after = (last[axis] - limit) * sign, (place[axis] - limit) * sign
        if before * after < 0:
            share = before / (before - after)
            yield last[0] + (place[0] - last[0]) * share, last[1] + (place[1] - last[1]) * share
        if after >= 0:
            yield place


def crowded(places: Sequence[Place], frame: Frame, nearest: int) -> bool:
    """Whether two dots of a frame would stand nearer than `nearest` units, so that one hides the other."""
    points = sorted(frame.place(*place) for place in places)
    return any(
        math.dist(one, other) < nearest
        for index, one in enumerate(points)
        for other in points[index + 1 :]
        if other[0] - one[0] < nearest
    )


def _decoded(arc: Sequence[Sequence[int]], scale: Sequence[float], shift: Sequence[float]) -> Line:
    """The places of an arc, written in the file as whole differences."""
    x = y = 0
    line: list[Place] = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        line.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
    return tuple(line)


def _arcs_of(geometry: Mapping[str, Any]) -> Iterator[int]:
    """Every arc of a geometry, whichever way it runs."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for polygon in polygons:
        for ring in polygon:
            for index in ring:
                yield index if index >= 0 else ~index
