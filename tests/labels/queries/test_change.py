"""How levels moved since the edition just before, as far as it is proved."""

import datetime as dt

import pytest

from atlaas.models import Succession
from labels.choices import LevelChange
from labels.queries.change import changes_of
from labels.queries.palmares import PalmaresFilter, filtered
from tests.factories.atlaas import CommuneFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


def won(place, year, level, *, coverage="complete", **facts):
    return AwardFactory(
        edition=EditionFactory(year=year, coverage=coverage), collectivity=place, level=level, **facts
    )


def succeeded(former, heir):
    Succession.objects.create(old_code=former.code, successor=heir, date=dt.date(2025, 1, 1), source="Arrêté")


def told(year=2025):
    return list(changes_of(EditionFactory(year=year), None).told.values())


def test_levels_are_compared_with_the_edition_just_before():
    for before, now in ((2, 3), (5, 4), (3, 3)):
        place = CommuneFactory()
        won(place, 2024, before)
        won(place, 2025, now)

    assert told() == [LevelChange.UP, LevelChange.DOWN, LevelChange.SAME]


def test_absence_from_a_complete_palmares_tells_who_came_and_who_came_back():
    back = CommuneFactory()
    won(CommuneFactory(), 2024, 1)
    won(back, 2021, 4, coverage="attested")
    won(CommuneFactory(), 2025, 2)
    won(back, 2025, 2)

    assert told() == [LevelChange.NEW, LevelChange.BACK]


def test_attested_line_is_compared_and_absence_from_attested_lines_proves_nothing():
    place = CommuneFactory()
    won(place, 2024, 3, coverage="attested")
    won(place, 2025, 4)
    won(CommuneFactory(), 2025, 2)

    found = changes_of(EditionFactory(year=2025), None)

    assert (list(found.told.values()), found.laureates, found.unknown) == ([LevelChange.UP], 2, 1)
    assert not found.before_is_complete


def test_edition_that_is_not_public_tells_nothing():
    place = CommuneFactory()
    AwardFactory(edition__year=2024, edition__published_at=None, collectivity=place, level=3)
    won(place, 2025, 4)

    assert told() == []


def test_what_a_place_took_over_is_compared_with_it_by_the_best():
    one, other, heir = (CommuneFactory() for _ in range(3))
    for former, level in ((one, 2), (other, 4)):
        succeeded(former, heir)
        won(former, 2024, level)
    won(heir, 2025, 3)

    assert told() == [LevelChange.DOWN]


def test_its_own_award_comes_before_those_it_took_over():
    former, heir = CommuneFactory(), CommuneFactory()
    succeeded(former, heir)
    won(former, 2024, 5)
    won(heir, 2024, 2)
    won(heir, 2025, 3)

    assert told() == [LevelChange.UP]


def test_counts_are_in_the_order_of_the_choices():
    won(CommuneFactory(), 2024, 1)
    won(CommuneFactory(), 2025, 1)

    counts = changes_of(EditionFactory(year=2025), None).counts

    assert [(one.value, count) for one, count in counts] == [
        ("hausse", 0),
        ("baisse", 0),
        ("stable", 0),
        ("entree", 1),
        ("retour", 0),
    ]


def test_filter_keeps_those_who_moved_so():
    place = CommuneFactory()
    won(place, 2024, 2)
    risen = won(place, 2025, 3)
    won(CommuneFactory(), 2025, 3)
    edition = EditionFactory(year=2025)

    assert list(filtered(edition, PalmaresFilter(change="hausse"), None)) == [risen]
    assert list(filtered(edition, PalmaresFilter(change="baisse"), None)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_changes_take_four_queries_whatever_the_number(number, django_assert_num_queries):
    for _ in range(number):
        place = CommuneFactory()
        won(place, 2024, 2)
        won(place, 2025, 3)
    edition = EditionFactory(year=2025)

    with django_assert_num_queries(4):
        assert len(changes_of(edition, None).told) == number
