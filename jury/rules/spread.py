"""How far opinions are from one another, without anybody's name."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

WIDE_APART = Fraction(3, 2)  # on a grid of 0 to 4: worth a discussion


@dataclass(frozen=True, slots=True)
class Spread:
    """Of the weighted means of those who scored, lowest first."""

    scores: tuple[Fraction, ...]
    median: Fraction
    extent: Fraction

    @property
    def is_wide(self) -> bool:
        return self.extent >= WIDE_APART


def spread(scores: Collection[Fraction]) -> Spread | None:
    """None while nobody scored."""
    if not scores:
        return None
    ranked = tuple(sorted(scores))
    return Spread(ranked, Fraction(median(ranked)), ranked[-1] - ranked[0])


def by_level(levels: Iterable[int]) -> tuple[int, ...]:
    """How many at each of 1 to 5 @."""
    told = list(levels)
    return tuple(told.count(level) for level in range(1, 6))
