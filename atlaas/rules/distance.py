"""How far two places of the Earth are from each other."""

from math import asin, cos, radians, sin, sqrt

EARTH_KM = 6371.0


def km_between(lon: float, lat: float, other_lon: float, other_lat: float) -> float:
    """The great-circle distance in kilometres between two places in degrees (haversine, on a sphere)."""
    north = sin(radians(other_lat - lat) / 2)
    east = sin(radians(other_lon - lon) / 2)
    half = north * north + cos(radians(lat)) * cos(radians(other_lat)) * east * east
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))
