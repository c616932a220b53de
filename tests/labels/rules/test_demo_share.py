from collections import Counter
from random import Random

import pytest

from labels.rules.demo_share import (
    MOST_OF_ONE,
    THRESHOLDS,
    Fate,
    bands,
    coverage,
    fates,
    level_of,
    shares,
    spread,
)

LEVELS = {f"{level}{place:04}": level for level in THRESHOLDS for place in range(40)}
SERVICES = {f"E{enjeu:02}": [f"E{enjeu:02}-{place}" for place in range(9)] for enjeu in range(16)}


def test_shares_make_the_size_exactly():
    for size in (0, 1, 199, 15_424):
        assert sum(shares(LEVELS, size, Random(1)).values()) == size


def test_shares_follow_the_average_of_each_level():
    found = shares(LEVELS, 40 * (12 + 22 + 35 + 75 + 130), Random(1))

    totals = Counter()
    for code, count in found.items():
        totals[LEVELS[code]] += count
    assert {level: round(total / 40) for level, total in totals.items()} == {
        1: 12,
        2: 22,
        3: 35,
        4: 75,
        5: 130,
    }
    assert len(set(found.values())) > len(THRESHOLDS)


def test_fates_have_one_new_fiche_in_five():
    found = Counter(fates(15_424, Random(1)))

    assert found == {
        Fate.DRAFT: 154,
        Fate.ARCHIVED: 231,
        Fate.NEW: 3054,
        Fate.ENDED: 916,
        Fate.RENEWED: 11_069,
    }


def test_fates_of_a_small_corpus_are_all_there():
    assert len(fates(7, Random(1))) == 7


def test_bands_put_one_laureate_in_ten_beside_its_own():
    found = bands(LEVELS, Random(1))

    beside = [abs(found[code] - level) for code, level in LEVELS.items() if found[code] != level]
    assert beside == [1] * 20
    assert set(found.values()) <= set(THRESHOLDS)


@pytest.mark.parametrize(
    ("services", "enjeux", "level"),
    [(0, 0, 0), (1, 1, 1), (16, 5, 1), (15, 16, 1), (16, 6, 2), (64, 16, 4), (65, 14, 5), (144, 13, 4)],
)
def test_level_asks_for_both_thresholds(services, enjeux, level):
    assert level_of(services, enjeux) == level


@pytest.mark.parametrize("band", THRESHOLDS)
def test_coverage_falls_in_its_band(band):
    for seed in range(20):
        covered = coverage(SERVICES, band, 130, Random(seed))

        assert len(covered) == len(set(covered))
        assert level_of(len(covered), len({code[:3] for code in covered})) == band


def test_coverage_stops_at_what_the_fiches_can_hold():
    assert len(coverage(SERVICES, 5, 2, Random(1))) == 2 * MOST_OF_ONE


@pytest.mark.parametrize(("services", "fiches"), [(60, 20), (5, 40), (9, 9)])
def test_spread_uses_every_service_and_no_fiche_twice(services, fiches):
    covered = [code for codes in SERVICES.values() for code in codes][:services]

    found = spread(covered, fiches, Random(1))

    assert len(found) == fiches
    assert {code for codes in found for code in codes} == set(covered)
    assert {len(codes) == len(set(codes)) <= MOST_OF_ONE for codes in found} == {True}


def test_spread_over_no_fiche_is_empty():
    assert spread(["MED-01"], 0, Random(1)) == []
