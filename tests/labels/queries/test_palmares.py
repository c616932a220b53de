import pytest

from labels.models import Award
from labels.queries.palmares import PalmaresFilter, filtered
from tests.factories.atlaas import CommuneFactory, RegionFactory
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory, MentionThemeFactory

pytestmark = pytest.mark.django_db


def asked(**criteria):
    edition = EditionFactory(year=2025)
    return list(filtered(edition, PalmaresFilter(**criteria), None))


def test_filtered_by_nothing_is_the_whole_edition():
    won = AwardFactory()
    told = AwardFactory(level=None, source="La Gazette", level_text="hors concours")
    AwardFactory(edition__year=2024)

    assert set(asked()) == {won, told}


def test_filtered_shows_no_edition_that_is_secret():
    award = AwardFactory(edition__published_at=None)

    assert (asked(), list(filtered(award.edition, PalmaresFilter(level="3"), award))) == ([], [])


@pytest.mark.parametrize("level_class", ["1", "2", "3", "4", "5", "4-5"])
def test_filtered_by_level_keeps_classes_apart(level_class):
    for level in range(1, 6):
        AwardFactory(level=level)
    AwardFactory(level=4, level_is_certain=False)

    assert [award.level_class for award in asked(level=level_class)] == [level_class]


def test_filtered_by_region_category_and_title():
    ten = AwardFactory(level=5, is_ten=True, collectivity__departement__region=RegionFactory(slug="bretagne"))
    village = AwardFactory(category="village")

    assert asked(region="bretagne") == [ten]
    assert asked(category="village") == [village]
    assert asked(distinction="ten") == [ten]
    assert asked(region="bretagne", category="village") == []


def test_filtered_by_mention_names_a_laureate_once():
    award = MentionFactory().award
    MentionFactory(award=award, theme=MentionThemeFactory(edition=award.edition, slug="sobriete"))
    AwardFactory()

    assert asked(distinction="mention") == [award]


def test_filtered_by_name_meets_the_official_and_the_printed_one():
    award = AwardFactory(collectivity=CommuneFactory(name="Maurs"), name_as_printed="Mauris")
    AwardFactory(collectivity=CommuneFactory(name="Orléans"))

    assert [asked(q=text) for text in ("maurs", "MAURIS", "zzz")] == [[award], [award], []]


def test_filtered_is_in_the_order_of_the_lists():
    third = AwardFactory(collectivity__departement__region=RegionFactory(name="Normandie"))
    first = AwardFactory(
        collectivity=CommuneFactory(name="Évran", departement__region=RegionFactory(name="Bretagne"))
    )
    second = AwardFactory(
        collectivity=CommuneFactory(name="Rennes", departement__region=first.collectivity.region)
    )

    assert asked() == [first, second, third]
    assert Award.objects.count() == 3
