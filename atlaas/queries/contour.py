"""The contours of the régions and départements, read once a process."""

import json
from functools import cache
from pathlib import Path

from atlaas.rules.cartography import Contours, Territory

SOURCE = Path(__file__).resolve().parents[1] / "data" / "contours.topo.json"


@cache
def contours() -> Contours:
    return Contours(json.loads(SOURCE.read_text(encoding="utf-8")))


@cache
def territory(codes: tuple[str, ...]) -> Territory:
    """The land of some régions, by INSEE code; empty for those without a contour (overseas collectivities)."""
    return contours().territory(codes)


def departement_rings(code: str, region: str) -> list[list[tuple[float, float]]]:
    """The closed contours of a département as [lon, lat], of the région when there is none of that code."""
    rings = contours().departement(code) or territory((region,)).rings
    return [[(round(lon, 4), round(lat, 4)) for lon, lat in ring] for ring in rings]
