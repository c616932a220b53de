import pytest

from labels.queries.directory import DirectoryFilter, directory, directory_page
from tests.factories.atlaas import CommuneFactory, GroupFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


def names(**asked):
    return [one.name for one in directory(DirectoryFilter(**asked), None)]


def test_nothing_asked_gives_all_by_name():
    CommuneFactory(name="Éclair")
    CommuneFactory(name="Ancienne", is_current=False)
    GroupFactory(name="CC Bel Air")

    assert not DirectoryFilter()
    assert names() == ["CC Bel Air", "Éclair"]


def test_labelled_only_are_those_with_a_public_level():
    AwardFactory(collectivity=CommuneFactory(name="Avec"))
    AwardFactory(collectivity=CommuneFactory(name="Sans niveau"), level=None, source="essai")
    AwardFactory(
        collectivity=CommuneFactory(name="Secrète"), edition=EditionFactory(year=2027, published_at=None)
    )
    CommuneFactory(name="Jamais")

    assert names(labelled=True) == ["Avec"]


@pytest.mark.parametrize(("number", "shown"), [("2", 2), ("abc", 1), ("99", 2), (None, 1), ("-1", 2)])
def test_odd_page_numbers_show_a_page(number, shown):
    CommuneFactory.create_batch(41)

    assert directory_page(DirectoryFilter(), number, None).page.number == shown


def test_found_names_keep_their_rank_and_show_their_level():
    CommuneFactory(name="Fleury-sur-Orne")
    won = AwardFactory(collectivity=CommuneFactory(name="Fleury"))

    found = directory_page(DirectoryFilter(q="fleury"), None, None)

    assert [(line.collectivity.name, line.award) for line in found.lines] == [
        ("Fleury", won),
        ("Fleury-sur-Orne", None),
    ]
    assert found.page.paginator.count == 2
