"""Scores as figures: the weighted mean of each evaluation handed in, raw and without the severity of its juror."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import F, QuerySet, Sum

from jury.models import Evaluation, Juror
from jury.queries.handed_in import seen_by
from jury.rules.normalise import normalise

THOUSANDTH = 1000


@dataclass(frozen=True, slots=True)
class Mean:
    """The weighted mean of an evaluation, from 0 to 4; the normalised one is advice."""

    raw: Fraction
    normalised: Fraction

    @property
    def raw_shown(self) -> Decimal:
        return _shown(self.raw)

    @property
    def normalised_shown(self) -> Decimal:
        return _shown(self.normalised)


Means = dict[tuple[int, UUID], Mean]


def normalised_for(seat: Juror) -> Means:
    """The same for one juror, over what they may see and nothing else: no score hidden from them moves a figure (one query)."""
    return means(seen_by(seat))


def raw_means(rows: QuerySet[Evaluation]) -> dict[tuple[int, UUID], Fraction]:
    """By (juror, candidacy), the mean of the scores of these evaluations, weighted as the grid says (one query)."""
    weight = F("scores__criterion__weight")
    sums = rows.annotate(total=Sum(F("scores__value") * weight), weights=Sum(weight)).filter(weights__gt=0)
    found = sums.order_by().values_list("juror", "candidacy", "total", "weights")
    return {(juror, candidacy): Fraction(total, weights) for juror, candidacy, total, weights in found}


def means(rows: QuerySet[Evaluation]) -> Means:
    """The same with the normalised one beside, counted over these evaluations alone (one query)."""
    raw = raw_means(rows)
    advice = normalise(raw)
    return {key: Mean(mean, advice[key]) for key, mean in raw.items()}


def _shown(mean: Fraction) -> Decimal:
    return Decimal(round(mean * THOUSANDTH)) / THOUSANDTH
