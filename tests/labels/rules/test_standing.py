from fractions import Fraction

import pytest

from labels.rules.quartiles import Quartiles
from labels.rules.standing import MOST_TOLD, Standing, gaps, number_words, strengths

AMONG = Quartiles(Fraction(2), Fraction(4), Fraction(6))


def standing(name, covered, concerned=9, peers=AMONG):
    return Standing(name, name, covered, concerned, peers)


def names(found):
    return [one.name for one in found]


@pytest.mark.parametrize(
    ("covered", "concerned", "peers", "is_strength"),
    [
        (5, 9, AMONG, True),
        (5, 9, Quartiles(Fraction(5), Fraction(6), Fraction(7)), False),  # half of them do more
        (4, 9, AMONG, False),  # less than half of the services
        (4, 8, AMONG, True),
        (0, 0, None, False),  # not concerned
        (5, 9, None, True),
    ],
)
def test_strength_is_half_of_the_services_and_the_median(covered, concerned, peers, is_strength):
    assert bool(strengths([standing("un", covered, concerned, peers)])) is is_strength


@pytest.mark.parametrize(
    ("covered", "concerned", "peers", "is_gap"),
    [
        (1, 9, AMONG, True),  # three quarters do more
        (2, 9, AMONG, False),
        (0, 9, Quartiles(Fraction(0), Fraction(1), Fraction(1)), True),  # nothing where half have something
        (0, 9, Quartiles(Fraction(0), Fraction(0), Fraction(1)), False),
        (0, 9, None, True),
        (1, 9, None, False),
        (0, 0, AMONG, False),  # not concerned
    ],
)
def test_gap_is_below_three_quarters_or_nothing_where_half_have_something(covered, concerned, peers, is_gap):
    assert bool(gaps([standing("un", covered, concerned, peers)])) is is_gap


def test_strengths_begin_with_what_is_furthest_ahead():
    rows = [standing("devant", 6), standing("loin devant", 9), standing("devant, plus complet", 6, 7)]

    assert names(strengths(rows)) == ["loin devant", "devant, plus complet", "devant"]


def test_gaps_begin_with_what_is_furthest_behind():
    rows = [standing("un", 1), standing("rien", 0)]

    assert names(gaps(rows)) == ["rien", "un"]


def test_only_a_few_are_told():
    rows = [standing(str(rank), 9) for rank in range(9)] + [standing(f"-{rank}", 0) for rank in range(9)]

    assert (len(strengths(rows)), len(gaps(rows))) == (MOST_TOLD, MOST_TOLD)


@pytest.mark.parametrize(("value", "written"), [(Fraction(4), "4"), (Fraction(7, 2), "3,5")])
def test_numbers_are_whole_or_to_one_decimal(value, written):
    assert number_words(value) == written
