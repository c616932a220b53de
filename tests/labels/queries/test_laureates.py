import factory
import pytest

from labels.queries.laureates import laureates_of
from labels.rules.statistics import Laureate
from tests.factories.atlaas import CommuneFactory, GroupFactory
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory

pytestmark = pytest.mark.django_db


def test_laureates_name_the_communes_they_concern():
    group = GroupFactory(code="200000172", population=9999)
    CommuneFactory(code="59512", epci=group, population=100)
    CommuneFactory(code="59513", epci=group, population=None)
    CommuneFactory(code="59514", epci=group, population=7, is_current=False)
    MentionFactory(award__collectivity=group, award__category="territoire", award__level=4)

    laureates, inhabitants = laureates_of(EditionFactory())

    members = frozenset({"59512", "59513"})
    assert laureates == [
        Laureate(group.region_id, "territoire", "4", False, 1, members, members, "200000172", "")
    ]
    assert inhabitants == {"59512": 100}


@pytest.mark.parametrize("rows", [1, 3])
def test_laureates_take_four_queries_whatever_their_number(rows, django_assert_num_queries):
    edition = EditionFactory()
    AwardFactory.create_batch(rows, edition=edition)
    AwardFactory.create_batch(rows, edition=edition, collectivity=factory.SubFactory(GroupFactory))

    with django_assert_num_queries(4):
        laureates_of(edition)
