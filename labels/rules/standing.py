"""Strengths and gaps of a collectivité, enjeu by enjeu, beside similar ones.

A working proposal, which no text gives: coverage alone is compared (how many services have a fiche that counts), as the
label looks at it before volume; never a rank, and nothing of it enters the dossier.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from atlaas.rules.text import decimal, grouped
from labels.rules.quartiles import Quartiles

MOST_TOLD = 4  # of each, so that they are read on half a page


@dataclass(frozen=True, slots=True)
class Standing:
    """An enjeu: services covered of those that concern the collectivité, and how many similar ones cover (None: none to compare)."""

    code: str
    name: str
    covered: int
    concerned: int
    peers: Quartiles | None = None

    @property
    def ahead(self) -> Fraction:
        """Services more than the median of similar ones; fewer is negative."""
        return self.covered - (self.peers.median if self.peers else Fraction(0))


def strengths(rows: Iterable[Standing]) -> list[Standing]:
    """At least half of the services, and no fewer than the median: what is furthest ahead first (working proposal)."""
    found = [one for one in rows if 0 < one.concerned <= 2 * one.covered and one.ahead >= 0]
    return sorted(found, key=lambda one: (-one.ahead, -Fraction(one.covered, one.concerned)))[:MOST_TOLD]


def gaps(rows: Iterable[Standing]) -> list[Standing]:
    """Fewer than three quarters of similar ones, or nothing where half of them have something (working proposal).

    With nobody to compare with, the enjeux without a fiche. What is furthest behind first.
    """
    found = [one for one in rows if one.concerned and _is_gap(one)]
    return sorted(found, key=lambda one: (one.ahead, Fraction(one.covered, one.concerned)))[:MOST_TOLD]


def _is_gap(one: Standing) -> bool:
    if one.peers is None:
        return not one.covered
    return one.covered < one.peers.low or (not one.covered and one.peers.median > 0)


def number_words(value: Fraction) -> str:
    """« 4 » or « 4,5 »: medians and quartiles, to one decimal when they are not whole."""
    return grouped(int(value)) if value.denominator == 1 else decimal(float(value))
