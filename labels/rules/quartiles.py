"""Median and quartiles of a few values, as exact fractions (linear interpolation, « type 7 » of Hyndman and Fan)."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Quartiles:
    low: Fraction
    median: Fraction
    high: Fraction


def quartiles(values: Sequence[Fraction]) -> Quartiles | None:
    """None without a value."""
    if not values:
        return None
    ordered = sorted(values)
    return Quartiles(*(_at(ordered, Fraction(part, 4)) for part in (1, 2, 3)))


def _at(ordered: Sequence[Fraction], share: Fraction) -> Fraction:
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
