"""What part of the map is looked at, and how fine its grid may be: pure, whatever a URL holds."""

import math
from dataclasses import dataclass

from atlaas.rules.cartography import Box
from atlaas.rules.refusal import Refused

TILE = 256  # pixels of the world at zoom 0 (Web Mercator)
LEAST_ZOOM, MOST_ZOOM = 2, 17
NORTH = 85.0  # beyond, Web Mercator runs to infinity
CELL = 72  # pixels: two marks of 40 px do not cover each other
MOST_CELLS = 180
UNREAD = "La fenêtre de la carte ne se lit pas : bbox=ouest,sud,est,nord en degrés, zoom en nombre entier."


@dataclass(frozen=True, slots=True)
class Viewport:
    """A window in degrees, inside the world, at a zoom of Web Mercator."""

    box: Box
    zoom: int

    @property
    def cell(self) -> float:
        """Side of a cell, as a share of the width of the world: as fine as MOST_CELLS allows, whatever the window."""
        world = float(TILE << self.zoom)
        wide = (self.box.east - self.box.west) / 360 * world
        high = abs(mercator(self.box.south) - mercator(self.box.north)) * world
        side = float(CELL)
        while (wide // side + 2) * (high // side + 2) > MOST_CELLS:
            side *= 1.25
        return side / world


def mercator(lat: float) -> float:
    """How far south a latitude is on the square world of Web Mercator, from 0 (north) to 1."""
    sine = math.sin(math.radians(lat))
    return 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def viewport(bbox: str, zoom: str) -> Viewport:
    """Read `west,south,east,north` and a zoom; what is outside the world is brought back, what makes no sense `Refused`."""
    try:
        west, south, east, north = (float(part) for part in bbox.split(","))
        wanted = int(zoom)
    except ValueError:
        raise Refused(UNREAD) from None
    if not all(map(math.isfinite, (west, south, east, north))):
        raise Refused(UNREAD)
    west, east = (min(max(lon, -180.0), 180.0) for lon in (west, east))
    south, north = (min(max(lat, -NORTH), NORTH) for lat in (south, north))
    if west >= east or south >= north:
        raise Refused(
            "La fenêtre de la carte est vide ou à l’envers : l’ouest avant l’est, le sud avant le nord."
        )
    return Viewport(Box(west, south, east, north), min(max(wanted, LEAST_ZOOM), MOST_ZOOM))
