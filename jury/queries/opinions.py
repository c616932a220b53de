"""What members gave, as one weighted mean a dossier: raw, and without the habits that each had when the sitting opened."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Sum

from jury.models import Evaluation, Sitting
from jury.queries.handed_in import handed_in
from jury.queries.scores import raw_means
from jury.rules.normalise import Habit, habits_of, moved
from labels.models import Candidacy, Edition

COMMON = "common"


@dataclass(frozen=True, slots=True)
class Opinion:
    """Of one member on one dossier; `raw` and `normalised` from 0 to 4, `level` the one they have in mind."""

    juror: int
    name: str
    raw: Fraction
    normalised: Fraction
    level: int


def means_of(edition: Edition) -> dict[tuple[int, UUID], Fraction]:
    """The raw means that count at the sitting; one query."""
    return raw_means(handed_in(edition))


def opinions_on(candidacy: Candidacy, sitting: Sitting) -> list[Opinion]:
    """In the order of the members' names; one query."""
    rows = _weighed(handed_in(sitting.edition).filter(candidacy=candidacy))
    found = rows.order_by("juror__member__name", "juror").values_list(
        "juror", "juror__member__name", "level", "points", "weights"
    )
    opinions = []
    for juror, name, level, points, weights in found:
        raw = Fraction(points, weights)
        opinions.append(Opinion(juror, name, raw, normalised(sitting, juror, raw), level))
    return opinions


def habits_as_json(edition: Edition) -> dict[str, Any]:
    """How each member scores today, and the whole jury, as fractions written out; empty while nobody scored."""
    means = means_of(edition)
    if not means:
        return {}
    common, habits = habits_of(means)
    told = {str(juror): habit for juror, habit in sorted(habits.items())}
    return {key: [str(one.mean), str(one.variance)] for key, one in {COMMON: common, **told}.items()}


def normalised(sitting: Sitting, juror: int, raw: Fraction) -> Fraction:
    """A raw mean as the whole jury would have given it, by the habits frozen at the opening; raw before it."""
    stored = sitting.habits
    if not stored:
        return raw
    common = _habit(stored[COMMON])
    return moved(raw, _habit(stored[str(juror)]) if str(juror) in stored else common, common)


def _weighed(rows: QuerySet[Evaluation]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.annotate(
        points=Sum(F("scores__value") * F("scores__criterion__weight")),
        weights=Sum("scores__criterion__weight"),
    ).filter(weights__gt=0)
    return found.order_by("juror", "candidacy")


def _habit(stored: list[str]) -> Habit:
    return Habit(Fraction(stored[0]), Fraction(stored[1]))
