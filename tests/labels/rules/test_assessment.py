from fractions import Fraction

import pytest

from labels.rules.assessment import Facts, Gap, Weights, gap_to, missing_words, propose_level, score

WEIGHTS = Weights(70, 20, 10, 3)
STEPS = [(1, 1), (16, 6), (29, 9), (45, 12), (65, 14)]


@pytest.mark.parametrize(
    ("services", "enjeux", "level"),
    [(0, 0, 0), (1, 1, 1), (16, 5, 1), (44, 16, 3), (45, 12, 4), (65, 14, 5), (144, 16, 5)],
)
def test_propose_level(services, enjeux, level):
    assert propose_level(services, enjeux, STEPS) == level


@pytest.mark.parametrize(
    ("services", "expected"),
    [([], 0), ([Facts(0, 0)], 0), ([Facts(3, 3)], 1), ([Facts(1, 0)], Fraction(11, 15))],
)
def test_score(services, expected):
    assert score(services, WEIGHTS) == expected


def test_score_volume_alone_never_beats_coverage():
    assert score([Facts(500, 500), Facts(0, 0)], WEIGHTS) < score([Facts(1, 0), Facts(1, 0)], WEIGHTS)


@pytest.mark.parametrize(
    ("covered", "needed", "gap"),
    [
        ((10, 5), (16, 6), Gap(6, 1)),
        ((16, 4), (16, 6), Gap(2, 2)),
        ((15, 9), (16, 6), Gap(1, 0)),
        ((20, 9), (16, 6), Gap(0, 0)),
    ],
)
def test_gap_counts_a_new_enjeu_among_the_services(covered, needed, gap):
    assert gap_to(covered, needed) == gap


@pytest.mark.parametrize(
    ("gap", "words"),
    [
        (Gap(4, 1), "il manque 4\u00a0services, dont au moins 1 dans un enjeu nouveau"),
        (Gap(6, 2), "il manque 6\u00a0services, dont au moins 2 dans autant d’enjeux nouveaux"),
        (Gap(2, 0), "il manque 2\u00a0services"),
        (Gap(1, 0), "il manque 1\u00a0service"),
        (Gap(1, 1), "il manque 1\u00a0service, dans un enjeu nouveau"),
        (Gap(3, 3), "il manque 3\u00a0services, chacun dans un enjeu nouveau"),
    ],
)
def test_missing_words(gap, words):
    assert missing_words(gap) == words
