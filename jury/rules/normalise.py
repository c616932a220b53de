"""Scores without the severity of each juror: advice beside the raw ones, never instead of them.

Of a score x given by a juror who scored n dossiers with mean m and variance v, where all scores have mean M and variance V:

    w = n / (n + SHRINKAGE)      how far the juror's own habits are believed
    m' = w m + (1 - w) M         v' = w v + (1 - w) V
    normalised = M + (x - m') × √(V / v')

A juror with few dossiers is read nearly as the whole jury is: their scores stay nearly raw; so do those of a jury of one. All is
counted in fractions, the square root to a thousand-millionth: the same on every machine, whatever the order of the rows.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import TypeVar

SHRINKAGE = 5
PLACES = 3
PRECISION = 10**9
LOWEST, HIGHEST = 0, 4  # the grid

Juror = TypeVar("Juror", bound=Hashable)
Dossier = TypeVar("Dossier", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Habit:
    """How someone scores: the mean and the variance of what they gave."""

    mean: Fraction
    variance: Fraction

    def towards(self, other: "Habit", share: Fraction) -> "Habit":
        """Between both: itself when `share` is 1, the other when it is 0."""
        rest = 1 - share
        return Habit(share * self.mean + rest * other.mean, share * self.variance + rest * other.variance)


def normalise(scores: Mapping[tuple[Juror, Dossier], Fraction]) -> dict[tuple[Juror, Dossier], Fraction]:
    """The normalised score of each (juror, dossier), to a thousandth, within the grid; `scores` are weighted means."""
    if not scores:
        return {}
    common, habits = habits_of(scores)
    return {key: moved(score, habits[key[0]], common) for key, score in scores.items()}


def habits_of(scores: Mapping[tuple[Juror, Dossier], Fraction]) -> tuple[Habit, dict[Juror, Habit]]:
    """The habit of the whole jury, and the shrunk one of each juror; one score at least."""
    by_juror: dict[Juror, list[Fraction]] = defaultdict(list)
    for (juror, _), score in scores.items():
        by_juror[juror].append(score)
    common = habit_of(list(scores.values()))
    shrunk = {
        juror: habit_of(given).towards(common, Fraction(len(given), len(given) + SHRINKAGE))
        for juror, given in by_juror.items()
    }
    return common, shrunk


def habit_of(scores: Collection[Fraction]) -> Habit:
    mean = sum(scores, Fraction(0)) / len(scores)
    return Habit(mean, sum(((one - mean) ** 2 for one in scores), Fraction(0)) / len(scores))


def moved(score: Fraction, habit: Habit, common: Habit) -> Fraction:
    """A raw score as the whole jury would have given it."""
    stretch = _root(common.variance / habit.variance) if habit.variance else Fraction(1)
    placed = common.mean + (score - habit.mean) * stretch
    return min(max(round(placed, PLACES), Fraction(LOWEST)), Fraction(HIGHEST))


def _root(ratio: Fraction) -> Fraction:
    return Fraction(isqrt(ratio.numerator * PRECISION**2 // ratio.denominator), PRECISION)
