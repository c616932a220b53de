import pytest
from django.utils import timezone

from labels.queries.peers import names_of, peers_of
from labels.rules.peers import Group
from tests.factories.atlaas import CommuneFactory, GroupFactory, agent_of, published_sheet
from tests.factories.campaign import CandidacyFactory, open_edition

pytestmark = pytest.mark.django_db


def town(population, *, lives=True, **facts):
    made = CommuneFactory(population=population, **facts)
    if lives:
        published_sheet(made, by=agent_of(made, "valideur"), is_running=True)
    return made


def names(place, edition, group=Group()):  # noqa: B008 (frozen)
    return [one.code for one in peers_of(place, edition, timezone.localdate(), group)]


@pytest.fixture
def edition():
    return open_edition()


@pytest.fixture
def place():
    return town(800, lon=2.0, lat=47.0)


def test_peers_are_of_the_same_category_and_live(edition, place):
    near = town(900)
    town(30_000)
    town(850, lives=False)
    GroupFactory()

    assert names(place, edition) == [near.code]


def test_nearest_by_ratio_of_population_twelve_at_most(edition, place):
    made = [town(800 + 10 * n) for n in range(1, 15)]

    found = names(place, edition)

    assert sorted(found) == sorted(one.code for one in made[:12])


def test_group_is_kept_near_changed_by_hand(edition, place):
    near, far = town(700, lon=2.1, lat=47.0), town(810, lon=6.0, lat=43.0)
    pointless, other = town(820, lon=None, lat=None), town(50_000)

    assert names(place, edition, Group(within=30)) == [near.code]
    assert set(names(place, edition, Group(added=(other.code,)))) == {
        near.code,
        far.code,
        pointless.code,
        other.code,
    }
    assert set(names(place, edition, Group(left_out=(far.code,)))) == {near.code, pointless.code}


@pytest.mark.parametrize("number", [1, 3])
def test_peers_take_two_queries(edition, place, number, django_assert_num_queries):
    for _ in range(number):
        town(700)

    with django_assert_num_queries(2):
        peers_of(place, edition, timezone.localdate())


def test_one_added_by_hand_is_left_out_again(edition, place):
    other = town(50_000)

    assert names(place, edition, Group(added=(other.code,), left_out=(other.code,))) == []


def test_the_category_of_the_candidacy_is_the_one_compared(edition, place):
    city, village = town(30_000), town(850)
    CandidacyFactory(edition=edition, collectivity=place, category="ville")

    assert names(place, edition) == [city.code]
    assert names(village, edition) == []
    assert names(city, edition) == [place.code]


def test_the_category_of_another_edition_changes_nothing(edition, place):
    village = town(850)
    CandidacyFactory(edition=open_edition(2029), collectivity=place, category="ville")

    assert names(place, edition) == [village.code]


@pytest.mark.parametrize("number", [1, 3])
def test_names_take_one_query_and_none_for_nothing(number, django_assert_num_queries):
    made = [CommuneFactory() for _ in range(number)]

    with django_assert_num_queries(1):
        found = names_of({"99999", *(one.code for one in made)})
    with django_assert_num_queries(0):
        assert names_of(set()) == {}

    assert found == {one.code: one.name for one in made}
