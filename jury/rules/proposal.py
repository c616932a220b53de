"""The level that the rule of the edition proposes to the sitting, with its reasons; the jury alone decides.

A working proposal, from columns of the rulebook: coverage reaches a level, the mean score of the grid reaches one, and the lower of
both is proposed; never less than 1 @ (every candidacy admitted gets it: press kit, p. 13). Without any score, coverage speaks alone.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from atlaas.rules.text import plural
from labels.rules.assessment import propose_level

LOWEST = 1


@dataclass(frozen=True, slots=True)
class Limits:
    """Columns of the rulebook, from 1 to 5 @: (services, enjeux) to cover, and mean scores in hundredths."""

    coverage: Sequence[tuple[int, int]]
    scores: Sequence[int]


@dataclass(frozen=True, slots=True)
class Coverage:
    services: int
    enjeux: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """`by_score` and `mean` are None while nobody scored."""

    level: int
    by_coverage: int
    by_score: int | None
    mean: Fraction | None
    reasons: tuple[str, ...]


def propose(coverage: Coverage, opinions: Collection[Fraction], limits: Limits) -> Proposal:
    """`opinions` holds the weighted mean, 0 to 4, that each member gave."""
    reached = propose_level(coverage.services, coverage.enjeux, limits.coverage)
    reasons = [_covered(coverage) + f" : la couverture atteint {reached} @."]
    if not opinions:
        reasons.append("Personne n’a encore noté : la couverture propose seule.")
        return Proposal(max(reached, LOWEST), reached, None, None, (*reasons, *_floor(reached)))
    mean = sum(opinions, Fraction(0)) / len(opinions)
    scored = level_of(mean, limits.scores)
    lower = min(reached, scored)
    reasons.append(
        f"Note moyenne de {plural(len(opinions), 'membre')} : {told(mean)} sur 4, qui atteint {scored} @."
    )
    if reached != scored:
        reasons.append(f"Le plus bas des deux est proposé : {max(lower, LOWEST)} @.")
    return Proposal(max(lower, LOWEST), reached, scored, mean, (*reasons, *_floor(lower)))


def _covered(coverage: Coverage) -> str:
    services, enjeux = plural(coverage.services, "service"), plural(coverage.enjeux, "enjeu", "enjeux")
    return f"{services} et {enjeux} couverts"


def level_of(mean: Fraction, steps: Sequence[int]) -> int:
    """The highest level whose landmark, in hundredths, the mean reaches, as those below it do."""
    level = 0
    for step in steps:
        if mean < Fraction(step, 100):
            break
        level += 1
    return level


def told(score: Fraction) -> str:
    """« 2,91 »: to a hundredth, half to even."""
    hundredths = round(score * 100)
    return f"{hundredths // 100},{hundredths % 100:02d}"


def _floor(level: int) -> tuple[str, ...]:
    return () if level >= LOWEST else ("Toute candidature admise obtient 1 @ au moins.",)
