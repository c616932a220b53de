import pytest

from atlaas.queries.region import neighbours_of
from tests.factories.atlaas import RegionFactory

pytestmark = pytest.mark.django_db


def test_neighbours_of_are_in_alphabetical_order():
    RegionFactory(code="53", name="Bretagne")
    RegionFactory(code="11", name="Île-de-France")
    RegionFactory(code="94", name="Corse")
    normandy = RegionFactory(code="28", name="Normandie")

    assert [region.name for region in neighbours_of(normandy)] == ["Bretagne", "Île-de-France"]


def test_neighbours_of_an_island_are_none(django_assert_num_queries):
    island = RegionFactory.build(code="04")

    with django_assert_num_queries(0):
        assert neighbours_of(island) == []
