import pytest

from labels.queries.neighbour import nearest_laureates, surroundings
from tests.factories.atlaas import CommuneFactory, GroupFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return EditionFactory()


@pytest.fixture
def here():
    return CommuneFactory(name="Ici", lon=2.0, lat=48.0)


def laureate(name, lon, lat, **facts):
    return AwardFactory(collectivity=CommuneFactory(name=name, lon=lon, lat=lat), **facts)


def test_nearest_come_first_with_their_distance(here, edition):
    laureate("Loin", 2.0, 49.0)
    laureate("Près", 2.0, 48.1)
    laureate("Sans point", None, None)
    AwardFactory(collectivity=here)

    found = nearest_laureates(here, edition, None)

    assert [(one.line.name, round(one.km)) for one in found] == [("Près", 11), ("Loin", 111)]


def test_distance_follows_the_parallel(here, edition):
    laureate("Est", 3.0, 48.0)

    assert round(nearest_laureates(here, edition, None)[0].km, 1) == 74.4


def test_distance_to_the_same_point_is_nothing(here, edition):
    laureate("Même point", 2.0, 48.0)

    assert nearest_laureates(here, edition, None)[0].km == 0


def test_only_so_many_are_named(here, edition):
    for number in range(8):
        laureate(f"Voisine {number}", 2.0, 48.1 + number / 100)

    assert len(nearest_laureates(here, edition, None)) == 6


def test_a_line_without_a_level_is_no_neighbour(here, edition):
    laureate("Sans niveau", 2.0, 48.1, level=None, level_text="hors concours", source="essai")

    assert nearest_laureates(here, edition, None) == []


def test_a_place_without_a_point_has_no_surroundings(edition):
    nowhere = CommuneFactory(lon=None, lat=None)

    assert (nearest_laureates(nowhere, edition, None), surroundings(nowhere, edition)) == ([], None)


def test_surroundings_count_communes_within_the_circle(here, edition):
    laureate("Lauréate à 11 km", 2.0, 48.1)
    CommuneFactory(lon=2.1, lat=48.0)
    CommuneFactory(lon=2.26, lat=48.17)  # in the box, out of the circle
    CommuneFactory(lon=2.0, lat=48.05, is_current=False)
    GroupFactory(lon=2.0, lat=48.0)

    around = surroundings(here, edition)

    assert (around.km, around.communes, around.labelled) == (20, 2, 1)


def test_a_syndicat_is_near_nothing_and_nothing_is_near_it(here, edition):
    syndicat = GroupFactory(kind="syndicat", nature="SMO", lon=2.0, lat=48.1)
    AwardFactory(collectivity=syndicat, category="territoire")
    laureate("Près", 2.0, 48.1)

    assert [one.line.name for one in nearest_laureates(here, edition, None)] == ["Près"]
    assert (nearest_laureates(syndicat, edition, None), surroundings(syndicat, edition)) == ([], None)
