from fractions import Fraction

import pytest

from jury.rules.spread import by_level, spread


def test_nobody_scored():
    assert spread([]) is None


def test_scores_are_ranked_without_names():
    found = spread([Fraction(3), Fraction(1), Fraction(3, 2), Fraction(2)])

    assert found.scores == (Fraction(1), Fraction(3, 2), Fraction(2), Fraction(3))
    assert (found.median, found.extent, found.is_wide) == (Fraction(7, 4), Fraction(2), True)


@pytest.mark.parametrize(
    ("highest", "is_wide"), [(Fraction(3, 2), True), (Fraction(149, 100), False), (Fraction(0), False)]
)
def test_it_is_wide_from_a_point_and_a_half(highest, is_wide):
    found = spread([Fraction(0), highest])

    assert (found.is_wide, found.extent) == (is_wide, highest)


def test_one_score_alone():
    found = spread([Fraction(2)])

    assert (found.median, found.extent) == (2, 0)


def test_levels_are_counted_from_an_iterator():
    assert by_level(iter([5, 1, 3, 3, 0])) == (1, 0, 2, 0, 1)
