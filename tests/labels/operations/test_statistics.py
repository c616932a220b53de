import datetime as dt

import pytest

from atlaas.models import Job, Succession
from labels.models import Statistic, StatisticsRun
from labels.operations import statistics
from tests.factories.atlaas import CommuneFactory, DepartementFactory, GroupFactory, RegionFactory
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory, MentionThemeFactory
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def france(**changes):
    return Statistic.objects.get(**{"region": None, "category": "", "level": ""} | changes)


def members_of(group, *populations):
    departement = DepartementFactory(region=group.region)
    return [CommuneFactory(departement=departement, epci=group, population=number) for number in populations]


def won(collectivity, **changes):
    return AwardFactory(collectivity=collectivity, **changes)


def test_request_makes_a_job_for_the_year():
    statistics.request(EditionFactory(year=2025))

    assert list(Job.objects.values_list("kind", "key", "state")) == [("statistics", "2025", "pending")]


def test_request_all_asks_for_complete_editions_only():
    EditionFactory(year=2024, coverage="attested")
    EditionFactory(year=2025)
    EditionFactory(year=2026)

    statistics.request_all("all")

    assert list(Job.objects.order_by("key").values_list("kind", "key")) == [
        ("statistics", "2025"),
        ("statistics", "2026"),
    ]


def test_recompute_stores_france_and_the_regions_that_won():
    award = AwardFactory(level=5, is_ten=True, collectivity__population=1200)
    MentionFactory(award=award)
    MentionFactory(award=award, theme=MentionThemeFactory(edition=award.edition, slug="sobriete"))

    statistics.recompute("2025")

    region = award.collectivity.region_id
    assert list(
        Statistic.objects.filter(level="", departement=None).values_list(
            "region", "category", "laureates", "level_5", "ten", "mentions", "inhabitants"
        )
    ) == [
        (None, "", 1, 1, 1, 2, 1200),
        (None, "territoire", 0, 0, 0, 0, 0),
        (None, "village", 0, 0, 0, 0, 0),
        (None, "ville", 1, 1, 1, 2, 1200),
        (region, "", 1, 1, 1, 2, 1200),
        (region, "ville", 1, 1, 1, 2, 1200),
    ]


def test_recompute_replaces_the_former_figures():
    award = AwardFactory(level=4)
    statistics.recompute("2025")
    award.level = 2
    award.save()

    statistics.recompute("2025")

    assert (france().level_4, france().level_2, StatisticsRun.objects.count()) == (0, 1, 1)


def test_recompute_twice_gives_the_same_fingerprint_and_a_new_date():
    AwardFactory.create_batch(3)
    statistics.recompute("2025")
    StatisticsRun.objects.update(computed_at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
    first = StatisticsRun.objects.get()

    statistics.recompute("2025")

    second = StatisticsRun.objects.get()
    assert second.digest == first.digest
    assert second.computed_at > first.computed_at


def test_recompute_keeps_unconfirmed_levels_apart():
    AwardFactory(level=4)
    AwardFactory(level=4, level_is_certain=False)

    statistics.recompute("2025")

    assert (france().laureates, france().level_4, france().level_unconfirmed) == (2, 1, 1)


def test_recompute_leaves_out_a_line_without_a_level():
    AwardFactory(level=None, level_text="hors concours", source="La Gazette")

    statistics.recompute("2025")

    assert france().laureates == 0


def test_recompute_counts_a_laureate_commune_of_a_laureate_group_once():
    group = GroupFactory(population=9999)
    member, *_ = members_of(group, 100, 20, 3)
    won(group, category="territoire")
    won(member, category="village")

    statistics.recompute("2025")

    assert (france().laureates, france().communes, france().member_communes, france().inhabitants) == (
        2,
        3,
        3,
        123,
    )
    assert france(category="village").inhabitants == 100


def test_recompute_counts_neither_communes_nor_inhabitants_of_a_syndicat():
    syndicat = GroupFactory(kind="syndicat", nature="SMO", population=500_000, member_count=None)
    won(syndicat, category="territoire")

    statistics.recompute("2025")

    assert (france().laureates, france().communes, france().member_communes, france().inhabitants) == (
        1,
        0,
        0,
        0,
    )


def test_recompute_reads_a_former_commune_by_its_successor_once():
    successor = CommuneFactory(population=800)
    former = CommuneFactory(is_current=False, population=300, departement=successor.departement)
    Succession.objects.create(old_code=former.code, successor=successor, date="2026-01-01", source="Arrêté")
    won(former)
    won(successor)

    statistics.recompute("2025")

    assert (france().laureates, france().communes, france().inhabitants) == (2, 1, 800)


def test_recompute_reads_a_former_group_by_the_members_of_its_successor():
    successor = GroupFactory()
    members_of(successor, 10, 20)
    former = GroupFactory(is_current=False, region=successor.region)
    Succession.objects.create(old_code=former.code, successor=successor, date="2026-01-01", source="Arrêté")
    won(former, category="territoire")

    statistics.recompute("2025")

    assert (france().laureates, france().communes, france().inhabitants) == (1, 2, 30)


def test_recompute_keeps_a_former_commune_that_nobody_took_over():
    won(CommuneFactory(is_current=False, population=300))

    statistics.recompute("2025")

    assert (france().communes, france().inhabitants) == (1, 300)


def test_recompute_leaves_other_editions_alone():
    AwardFactory(edition__year=2024)
    AwardFactory()
    statistics.recompute("2024")

    statistics.recompute("2025")

    assert list(StatisticsRun.objects.values_list("edition__year", flat=True)) == [2025, 2024]
    assert france(edition__year=2024).laureates == 1


def test_recompute_keeps_no_figure_of_an_edition_known_in_part():
    edition = EditionFactory(coverage="complete")
    AwardFactory(edition=edition)
    statistics.recompute("2025")
    edition.coverage = "attested"
    edition.save()

    statistics.recompute("2025")

    assert (Statistic.objects.count(), StatisticsRun.objects.count()) == (0, 0)


def test_recompute_of_an_edition_that_is_no_more_does_nothing():
    statistics.recompute("2031")

    assert StatisticsRun.objects.count() == 0


@pytest.mark.parametrize("laureates", [1, 3])
def test_recompute_takes_the_same_queries_whatever_the_number(laureates, django_assert_num_queries):
    RegionFactory()
    for award in AwardFactory.create_batch(laureates):
        MentionFactory(award=award)

    with django_assert_num_queries(25):
        statistics.recompute("2025")


def test_database_refuses_classes_that_do_not_add_up():
    AwardFactory()
    statistics.recompute("2025")

    with refused_by("statistic_levels_add_up"):
        Statistic.objects.filter(region=None, category="", level="").update(laureates=7)


def test_database_refuses_a_second_row_of_france():
    AwardFactory()
    statistics.recompute("2025")

    row = france()
    row.pk = None
    with refused_by("statistic_once"):
        row.save()
