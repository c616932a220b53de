import pytest
from django.utils import timezone

from labels.queries.peers import Group, peers_of
from tests.factories.atlaas import CommuneFactory, GroupFactory, agent_of, published_sheet
from tests.factories.campaign import open_edition

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
    assert set(names(place, edition, Group(added=[other.code]))) == {
        near.code,
        far.code,
        pointless.code,
        other.code,
    }
    assert set(names(place, edition, Group(left_out=[far.code]))) == {near.code, pointless.code}


def test_peers_take_one_query(edition, place, django_assert_num_queries):
    town(700)
    with django_assert_num_queries(1):
        peers_of(place, edition, timezone.localdate())
