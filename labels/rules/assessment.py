"""The self-assessment: a mirror, a share from 0 to 1, and the level that coverage would point at.

A working proposal: coverage before volume. The jury is sovereign, and none of it is in the dossier.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from atlaas.rules.text import plural


@dataclass(frozen=True)
class Weights:
    """Columns of the edition's rulebook; coverage weighs more than volume."""

    coverage: int
    freshness: int
    volume: int
    volume_full_at: int


@dataclass(frozen=True)
class Facts:
    """A service the collectivité is concerned by: fiches that count, and how many of them are fresh."""

    count: int
    fresh: int


def score(services: Sequence[Facts], weights: Weights) -> Fraction:
    """From 0 to 1: the mean over services of what each earns; 0 when there is none.

    A covered service earns the whole weight of coverage, its share of fresh fiches of the freshness weight,
    and volume up to `volume_full_at` fiches. An empty service earns nothing.
    """
    if not services:
        return Fraction(0)
    return sum((_earned(one, weights) for one in services), Fraction(0)) / len(services)


def _earned(one: Facts, weights: Weights) -> Fraction:
    if not one.count:
        return Fraction(0)
    volume = Fraction(min(one.count, weights.volume_full_at), weights.volume_full_at)
    points = weights.coverage + weights.freshness * Fraction(one.fresh, one.count) + weights.volume * volume
    return points / (weights.coverage + weights.freshness + weights.volume)


@dataclass(frozen=True)
class Gap:
    """Services to cover at least, and how many enjeux without a fiche they must open."""

    services: int
    enjeux: int


def gap_to(covered: tuple[int, int], needed: tuple[int, int]) -> Gap:
    """What is missing of (services, enjeux); a new enjeu is opened by a new service, so the first is never the smaller."""
    services, enjeux = (max(0, wanted - had) for wanted, had in zip(needed, covered, strict=True))
    return Gap(max(services, enjeux), enjeux)


def missing_words(gap: Gap) -> str:
    """« il manque 4 services, dont au moins 1 dans un enjeu nouveau »: what people read of a gap."""
    told = f"il manque {plural(gap.services, 'service')}"
    if not gap.enjeux:
        return told
    if gap.services == gap.enjeux:
        return f"{told}, {'chacun ' if gap.enjeux > 1 else ''}dans un enjeu nouveau"
    where = "dans un enjeu nouveau" if gap.enjeux == 1 else "dans autant d’enjeux nouveaux"
    return f"{told}, dont au moins {gap.enjeux} {where}"


def propose_level(services: int, enjeux: int, steps: Iterable[tuple[int, int]]) -> int:
    """The highest level, 0 to 5, whose two working thresholds (services, enjeux covered) are both reached.

    `steps` goes from level 1 to level 5; a level is reached only when those below it are.
    """
    level = 0
    for needed_services, needed_enjeux in steps:
        if services < needed_services or enjeux < needed_enjeux:
            break
        level += 1
    return level
