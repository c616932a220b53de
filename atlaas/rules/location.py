"""How precisely a fiche says where it takes place."""

from atlaas.choices import Precision

Point = tuple[float, float]
SAME = 1e-4  # degrees, about ten metres: what rounding in a form may move


def precision_of(point: Point | None, centre: Point | None, address: str) -> Precision:
    """A point that was moved from the centre is a pin; failing that an address that was written; failing that the centre."""
    if point and not (centre and _same(point, centre)):
        return Precision.PIN
    return Precision.ADDRESS if address else Precision.CENTRE


def _same(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < SAME and abs(one[1] - other[1]) < SAME
