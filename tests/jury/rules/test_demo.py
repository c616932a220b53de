"""What the invented jurors think: the same each time, on the scale, divided where it must be."""

import pytest

from jury.rules.demo import (
    PEOPLE,
    TIES,
    Dossier,
    Fate,
    discusses,
    divides,
    fate_of,
    leanings,
    opinion,
    read,
)
from jury.rules.fragile import fragility
from labels.rules.mosaic import EnjeuTiles, FamilyTiles, Mosaic, Tile

RULEBOOK = {"service_steps": [1, 16, 29, 45, 65], "enjeu_steps": [1, 6, 9, 12, 14]}
GRID = ("coverage", "use", "sharing")


def mosaic(covered, *, enjeux=16, services=9):
    """A mosaic whose first `covered` services have a fiche, dealt enjeu after enjeu."""
    tiles = {
        f"E{enjeu:02}": tuple(
            Tile(f"{rank}", "", count=int(rank * enjeux + enjeu < covered)) for rank in range(services)
        )
        for enjeu in range(enjeux)
    }
    return Mosaic((FamilyTiles("", tuple(EnjeuTiles(code, "", some) for code, some in tiles.items())),))


def test_fifteen_people_are_told_apart_and_say_that_they_are_invented():
    assert (len(PEOPLE), len({one.name for one in PEOPLE}), len({one.email for one in PEOPLE})) == (
        15,
        15,
        15,
    )
    assert [one.is_president for one in PEOPLE] == [True] + [False] * 14
    assert all(one.function.endswith("(démonstration)") for one in PEOPLE)
    assert len(TIES) == 8


@pytest.mark.parametrize(("merit", "level"), [(1, 1), (3.2, 3), (5, 5)])
def test_an_opinion_stays_on_the_scale_and_is_the_same_each_time(merit, level):
    dossier = Dossier("01001", merit, ["A", "B", "C"], ["D", "E"])
    found = [opinion(dossier, one, GRID, leaning=None) for one in PEOPLE]

    assert found == [opinion(dossier, one, GRID, leaning=None) for one in PEOPLE]
    assert all(abs(one.level - level) <= 1 and 1 <= one.level <= 5 for one in found)
    assert all(set(one.values) == set(GRID) for one in found)
    assert all(0 <= value <= 4 for one in found for value in one.values.values())
    assert all((one.strengths, one.next_steps[0]) == (["A", "B"], "D") for one in found)


@pytest.mark.parametrize("merit", [1, 3, 5])
def test_a_divided_dossier_hangs_on_each_reader(merit):
    dossier, readers = Dossier("01001", merit, ["A", "B"], ["C"]), PEOPLE[:3]
    sides = leanings(readers)
    found = {one.email: opinion(dossier, one, GRID, leaning=sides[one.email]) for one in readers}

    levels = {email: one.level for email, one in found.items()}
    told = fragility(levels, levels, lambda given: sorted(given.values())[(len(given) - 1) // 2])
    severe = next(email for email, side in sides.items() if side == -1)
    assert sorted(sides.values()) == [-1, 0, 1]
    assert (told.is_fragile, sorted(levels.values())) == (True, sorted({*levels.values()}))
    assert (found[severe].strengths, found[severe].next_steps) == (["B"], ["A", "C"])


def test_dossiers_divide_from_time_to_time():
    assert [place for place in range(20) if divides(place)] == [4, 12]
    assert [place for place in range(30) if discusses(place)] == [4, 20]


def test_most_readings_are_handed_in():
    fates = [fate_of(place, is_divided=False) for place in range(1, 61)]

    assert [fates.count(one) for one in (Fate.UNREAD, Fate.DRAFT, Fate.SUBMITTED)] == [3, 5, 52]
    assert {fate_of(place, is_divided=True) for place in range(60)} == {Fate.SUBMITTED}


@pytest.mark.parametrize(
    ("covered", "merit"), [(0, 1), (1, 1.0), (9, 1.53), (16, 2.0), (65, 5), (144, 5), (64, 4.95)]
)
def test_the_merit_of_a_dossier_follows_its_coverage(covered, merit):
    assert read("01001", mosaic(covered), RULEBOOK).merit == pytest.approx(merit, abs=0.01)


def test_a_dossier_is_read_by_its_enjeux():
    found = read("01001", mosaic(3, enjeux=4), RULEBOOK)

    assert (found.covered, found.missing) == (["E00", "E01", "E02"], ["E03"])
