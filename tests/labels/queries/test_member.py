import pytest

from labels.queries.member import latest_awards, members_of
from tests.factories.atlaas import CommuneFactory, GroupFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


def test_members_come_with_what_they_last_won():
    group = GroupFactory()
    bourg = CommuneFactory(name="Bourg", epci=group)
    aval = CommuneFactory(name="Aval", epci=group)
    CommuneFactory(name="Ancienne", epci=group, is_current=False)
    AwardFactory(collectivity=bourg, edition=EditionFactory(year=2012), level=2)
    last = AwardFactory(collectivity=bourg, edition=EditionFactory(year=2018), level=3)

    assert [(one.commune, one.award) for one in members_of(group, None)] == [(aval, None), (bourg, last)]


def test_commune_and_lonely_group_have_no_members():
    assert (members_of(CommuneFactory(), None), members_of(GroupFactory(), None)) == ([], [])


def test_latest_award_has_a_level_and_is_public():
    commune = CommuneFactory()
    AwardFactory(collectivity=commune, edition=EditionFactory(year=2018), level=None, source="essai")
    AwardFactory(collectivity=commune, edition=EditionFactory(year=2026, published_at=None), level=5)
    known = AwardFactory(collectivity=commune, edition=EditionFactory(year=2012), level=2)

    assert latest_awards([commune], None) == {commune.pk: known}
