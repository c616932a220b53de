"""Scores as figures: the weighted mean of each evaluation handed in, raw and without the severity of its juror."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from django.db.models import F, QuerySet, Sum

from jury.models import Evaluation, Juror
from jury.queries.handed_in import handed_in, seen_by
from jury.rules.normalise import normalise
from labels.models import Edition

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


def normalised(edition: Edition) -> Means:
    """By (juror, candidacy), over the whole jury: what the sitting freezes (one query)."""
    return _means(handed_in(edition))


def normalised_for(seat: Juror) -> Means:
    """The same for one juror, over what they may see and nothing else: no score hidden from them moves a figure (one query)."""
    return _means(seen_by(seat))


def _means(rows: QuerySet[Evaluation]) -> Means:
    weight = F("scores__criterion__weight")
    sums = rows.annotate(total=Sum(F("scores__value") * weight), weights=Sum(weight)).filter(weights__gt=0)
    found = sums.order_by().values_list("juror", "candidacy", "total", "weights")
    raw = {(juror, candidacy): Fraction(total, weights) for juror, candidacy, total, weights in found}
    advice = normalise(raw)
    return {key: Mean(mean, advice[key]) for key, mean in raw.items()}


def _shown(mean: Fraction) -> Decimal:
    return Decimal(round(mean * THOUSANDTH)) / THOUSANDTH
