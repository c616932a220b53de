import pytest

from labels.models import PrintedFigure
from labels.operations.statistics import recompute
from labels.queries import statistics
from tests.factories.atlaas import RegionFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    bretagne, normandie = RegionFactory(name="Bretagne"), RegionFactory(name="Normandie")
    AwardFactory(
        level=5, is_ten=True, collectivity__departement__region=normandie, collectivity__population=1000
    )
    AwardFactory(
        level=4,
        level_is_certain=False,
        collectivity__departement__region=bretagne,
        collectivity__population=200,
    )
    AwardFactory(
        level=2, category="village", collectivity__departement__region=bretagne, collectivity__population=30
    )
    recompute("2025")
    return EditionFactory(year=2025)


def printed(edition, key, value, **facts):
    return PrintedFigure.objects.create(edition=edition, key=key, value=value, place="Dossier, p. 9", **facts)


def test_figures_of_france(edition):
    france = statistics.figures(edition)

    assert (france.region, france.category, france.laureates, france.inhabitants, france.ten) == (
        None,
        "",
        3,
        1230,
        1,
    )
    assert [(one.level.value, one.count) for one in france.levels] == [
        ("5", 1),
        ("4-5", 1),
        ("4", 0),
        ("3", 0),
        ("2", 1),
        ("1", 0),
    ]


def test_figures_of_a_region_and_a_category(edition):
    bretagne = statistics.by_region(edition)[0].region

    assert statistics.figures(edition, region=bretagne).laureates == 2
    assert statistics.figures(edition, region=bretagne, category="village").inhabitants == 30
    assert statistics.figures(edition, category="ville").laureates == 2


def test_figures_where_nobody_won_are_zero(edition):
    elsewhere = RegionFactory(name="Corse")

    none = statistics.figures(edition, region=elsewhere)

    assert (none.region, none.laureates, sum(one.count for one in none.levels), none.inhabitants) == (
        elsewhere,
        0,
        0,
        0,
    )


def test_by_region_is_alphabetical_and_counts_categories(edition):
    lines = statistics.by_region(edition)

    assert [
        (one.region.name, one.cities, one.villages, one.territories, one.total.laureates) for one in lines
    ] == [
        ("Bretagne", 1, 1, 0, 2),
        ("Normandie", 1, 0, 0, 1),
    ]


def test_total_is_the_line_of_france(edition):
    total = statistics.of_edition(edition).total()

    assert (total.region, total.cities, total.villages, total.territories, total.total.laureates) == (
        None,
        2,
        1,
        0,
        3,
    )


@pytest.mark.parametrize("coverage", ["complete", "attested"])
def test_statistics_never_computed_are_none(coverage):
    edition = EditionFactory(year=2024, coverage=coverage)

    assert statistics.of_edition(edition) is None
    assert statistics.figures(edition) is None
    assert (statistics.by_region(edition), statistics.printed_against_computed(edition)) == ([], [])


def test_statistics_of_an_edition_known_in_part_are_none(edition):
    edition.coverage = "attested"

    assert statistics.of_edition(edition) is None


@pytest.mark.parametrize(
    ("key", "computed"),
    [
        ("laureates", 3),
        ("region_laureates", 3),
        ("cities", 2),
        ("villages", 1),
        ("territories", 0),
        ("member_communes", 0),
        ("communes", 3),
        ("inhabitants", 1230),
        ("ten", 1),
        ("mentions", 0),
    ],
)
def test_printed_figure_shows_beside_the_computed_one_where_they_differ(edition, key, computed):
    printed(edition, key, computed)
    other = printed(edition, key, computed + 1, comment="Erreur d’addition")

    [found] = statistics.printed_against_computed(edition)

    assert (found.key, found.label, found.printed, found.computed) == (
        key,
        other.get_key_display(),
        computed + 1,
        computed,
    )
    assert (found.place, found.comment) == ("Dossier, p. 9", "Erreur d’addition")


def test_printed_figure_of_a_region_is_compared_with_that_region(edition):
    bretagne, normandie = (one.region for one in statistics.by_region(edition))
    printed(edition, "region_laureates", 2, region=bretagne)
    printed(edition, "region_laureates", 14, region=normandie)

    [found] = statistics.printed_against_computed(edition)

    assert (found.region, found.printed, found.computed) == (normandie, 14, 1)


def test_printed_figure_that_a_document_forgets_is_a_difference(edition):
    region = statistics.by_region(edition)[0].region
    printed(edition, "region_laureates", None, region=region)

    [found] = statistics.printed_against_computed(edition)

    assert (found.printed, found.computed) == (None, 2)


def test_printed_figures_come_in_the_order_of_their_keys(edition):
    for key in ("ten", "communes", "laureates"):
        printed(edition, key, 99)

    assert [one.key for one in statistics.printed_against_computed(edition)] == [
        "laureates",
        "communes",
        "ten",
    ]


def test_statistics_take_three_queries_in_all(edition, django_assert_num_queries):
    printed(edition, "ten", 99)

    with django_assert_num_queries(3):
        found = statistics.of_edition(edition)
        found.figures()
        found.by_region()
        found.differences()
