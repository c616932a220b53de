from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.rules.normalise import SHRINKAGE, Habit, habit_of, normalise

SCORES = st.fractions(0, 4, max_denominator=12)


def mean(values):
    return sum(values, Fraction(0)) / len(values)


def given_by(scores, juror):
    return [score for (who, _), score in scores.items() if who == juror]


def two_jurors(number):
    """A strict juror and a generous one on the same dossiers; the same gaps, two points apart."""
    strict = {("strict", rank): Fraction(rank % 3, 2) for rank in range(number)}
    return strict | {("generous", rank): score + 2 for (_, rank), score in strict.items()}


def test_no_score_gives_none():
    assert normalise({}) == {}


@given(st.lists(SCORES, min_size=1, max_size=8))
def test_a_jury_of_one_stays_raw(values):
    scores = {("one", rank): value for rank, value in enumerate(values)}

    assert normalise(scores) == {key: round(value, 3) for key, value in scores.items()}


def test_the_formula_on_a_case_done_by_hand():
    # M = 2, V = 1; for each juror n = 1, w = 1/6: m' = 2 ± 1/6, v' = 5/6, √(V / v') = 1.0954451…
    assert SHRINKAGE == 5
    assert normalise({("a", 1): Fraction(1), ("b", 1): Fraction(3)}) == {
        ("a", 1): Fraction(1087, 1000),
        ("b", 1): Fraction(2913, 1000),
    }


def test_severity_fades_with_many_dossiers_and_hardly_with_few():
    gaps = {}
    for number in (3, 30, 300):
        told = normalise(two_jurors(number))
        gaps[number] = mean(given_by(told, "generous")) - mean(given_by(told, "strict"))

    assert gaps[300] < Fraction(1, 10) < gaps[30] < Fraction(1) < gaps[3] < Fraction(2)


def test_scores_all_alike_stay_as_they_are():
    scores = {(juror, rank): Fraction(3) for juror in "ab" for rank in range(3)}

    assert normalise(scores) == scores


def test_normalised_scores_stay_within_the_grid():
    scores = two_jurors(40) | {("strict", 99): Fraction(4), ("generous", 99): Fraction(0)}

    told = normalise(scores)

    assert (told["strict", 99], told["generous", 99]) == (4, 0)


@given(
    st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 6)), SCORES, min_size=1),
    st.randoms(use_true_random=False),
)
@settings(deadline=None)
def test_order_of_the_rows_changes_nothing(scores, dice):
    rows = list(scores.items())
    dice.shuffle(rows)

    assert normalise(dict(rows)) == normalise(scores)


@given(st.dictionaries(st.tuples(st.integers(0, 4), st.integers(0, 6)), SCORES, min_size=1))
@settings(deadline=None)
def test_order_given_by_one_juror_is_kept(scores):
    told = normalise(scores)

    for juror, one in scores:
        for other in (rank for who, rank in scores if who == juror):
            if scores[juror, one] <= scores[juror, other]:
                assert told[juror, one] <= told[juror, other]


@pytest.mark.parametrize(
    ("share", "expected"), [(1, Habit(1, 2)), (0, Habit(3, 6)), (Fraction(1, 2), Habit(2, 4))]
)
def test_habit_goes_towards_another(share, expected):
    assert (
        Habit(Fraction(1), Fraction(2)).towards(Habit(Fraction(3), Fraction(6)), Fraction(share)) == expected
    )


def test_habit_is_the_mean_and_the_variance():
    assert habit_of([Fraction(1), Fraction(3)]) == Habit(Fraction(2), Fraction(1))
