from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jury.rules.proposal import Coverage, Limits, level_of, propose, told

STEPS = [(1, 1), (16, 6), (29, 9), (45, 12), (65, 14)]
LIMITS = Limits(STEPS, [0, 100, 175, 250, 325])
WIDE = "\u00a0"
FLOOR = "Toute candidature admise obtient 1 @ au moins."


def test_coverage_proposes_alone_while_nobody_scored():
    found = propose(Coverage(29, 9), [], LIMITS)

    assert (found.level, found.by_coverage, found.by_score, found.mean) == (3, 3, None, None)
    assert found.reasons == (
        f"29{WIDE}services et 9{WIDE}enjeux couverts : la couverture atteint 3 @.",
        "Personne n’a encore noté : la couverture propose seule.",
    )


def test_nothing_covered_nor_scored_is_1():
    found = propose(Coverage(0, 0), [], LIMITS)

    assert (found.level, found.by_coverage) == (1, 0)
    assert found.reasons[0] == f"0{WIDE}service et 0{WIDE}enjeu couverts : la couverture atteint 0 @."
    assert found.reasons[2:] == (FLOOR,)


def test_the_lower_of_both_is_proposed():
    found = propose(Coverage(65, 14), [Fraction(3), Fraction(2)], LIMITS)

    assert (found.level, found.by_coverage, found.by_score, found.mean) == (4, 5, 4, Fraction(5, 2))
    assert found.reasons[1:] == (
        f"Note moyenne de 2{WIDE}membres : 2,50 sur 4, qui atteint 4 @.",
        "Le plus bas des deux est proposé : 4 @.",
    )


def test_both_agree():
    found = propose(Coverage(29, 9), [Fraction(2)], LIMITS)

    assert (found.level, found.by_coverage, found.by_score) == (3, 3, 3)
    assert found.reasons[1:] == (f"Note moyenne de 1{WIDE}membre : 2,00 sur 4, qui atteint 3 @.",)


def test_a_low_score_is_1_all_the_same():
    found = propose(Coverage(65, 14), [Fraction(0)], Limits(STEPS, [50, 100, 175, 250, 325]))

    assert (found.level, found.by_score) == (1, 0)
    assert found.reasons[2:] == ("Le plus bas des deux est proposé : 1 @.", FLOOR)


@pytest.mark.parametrize("level", range(1, 6))
def test_each_landmark_of_coverage_is_reached_on_it_and_not_below(level):
    services, enjeux = STEPS[level - 1]

    assert propose(Coverage(services, enjeux), [], LIMITS).by_coverage == level
    assert propose(Coverage(services - 1, enjeux), [], LIMITS).by_coverage == level - 1
    assert propose(Coverage(services, enjeux - 1), [], LIMITS).by_coverage == level - 1


@pytest.mark.parametrize(("hundredths", "level"), [(0, 1), (100, 2), (175, 3), (250, 4), (325, 5)])
def test_each_landmark_of_scores_is_reached_on_it_and_not_below(hundredths, level):
    on_it = Fraction(hundredths, 100)

    assert level_of(on_it, LIMITS.scores) == level
    assert level_of(on_it - Fraction(1, 10**9), LIMITS.scores) == level - 1


def test_a_landmark_below_one_that_is_not_reached_gives_nothing():
    assert level_of(Fraction(2), [0, 300, 100, 100, 100]) == 1


@given(st.lists(st.fractions(0, 4, max_denominator=12), max_size=6), st.integers(0, 144), st.integers(0, 16))
def test_a_level_is_always_from_1_to_5_and_never_above_coverage(opinions, services, enjeux):
    found = propose(Coverage(services, enjeux), opinions, LIMITS)

    assert 1 <= found.level <= 5
    assert found.level <= max(found.by_coverage, 1)


@pytest.mark.parametrize(
    ("score", "text"),
    [
        (Fraction(0), "0,00"),
        (Fraction(1, 20), "0,05"),
        (Fraction(291, 100), "2,91"),
        (Fraction(8, 3), "2,67"),
        (Fraction(1, 200), "0,00"),
        (Fraction(3, 200), "0,02"),
        (Fraction(4), "4,00"),
    ],
)
def test_a_score_is_told_to_a_hundredth_half_to_even(score, text):
    assert told(score) == text
