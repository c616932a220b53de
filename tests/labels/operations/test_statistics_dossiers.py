"""Figures of fiches and of coverage, computed from the dossiers that were judged; titles TEN that still hold."""

import pytest

from atlaas.models import Job
from atlaas.operations import job
from labels.models import CoverageFigure, Edition, Statistic, StatisticsRun
from labels.operations import statistics
from labels.operations.statistics import recompute
from tests.factories.atlaas import CommuneFactory, ServiceFactory
from tests.factories.campaign import open_edition
from tests.factories.judged import a_fiche, a_judged_dossier
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
FICHES = ("dossiers", "sheets", "sheets_new", "sheets_modified", "sheets_renewed")


def laureate(edition, *fiches, place=None, **facts):
    award = AwardFactory(edition=edition, collectivity=place or CommuneFactory(), **facts)
    a_judged_dossier(edition, award.collectivity, *fiches)
    return award


def france(year, *names, **scope):
    scope = {"region": None, "category": "", "level": ""} | scope
    return Statistic.objects.filter(edition__year=year, **scope).values_list(*names).get()


def test_fiches_of_an_edition_without_dossiers_are_not_known():
    AwardFactory()

    recompute("2025")

    assert france(2025, *FICHES) == (0, None, None, None, None)
    assert CoverageFigure.objects.count() == 0


def test_fiches_are_counted_from_the_dossiers_judged():
    edition = open_edition(2030)
    laureate(edition, a_fiche("a"), a_fiche("b"))
    AwardFactory(edition=edition)

    recompute("2030")

    assert france(2030, *FICHES) == (1, 2, None, None, None)
    assert StatisticsRun.objects.get().compared_with is None


def test_fiches_are_compared_with_the_dossiers_of_the_last_edition_that_has_some():
    before, edition = open_edition(2028), open_edition(2030)
    place = CommuneFactory()
    laureate(before, a_fiche("a", "1"), a_fiche("b", "1"), place=place)
    laureate(edition, a_fiche("a", "1"), a_fiche("b", "2"), a_fiche("c", "1"), place=place)
    EditionFactory(year=2029)

    recompute("2030")

    assert france(2030, *FICHES) == (1, 3, 1, 1, 1)
    assert france(2030, *FICHES, level="3") == (1, 3, 1, 1, 1)
    assert StatisticsRun.objects.get().compared_with == before


def test_dossier_without_an_award_enters_no_figure():
    edition = open_edition(2030)
    laureate(edition, a_fiche("a"))
    a_judged_dossier(edition, CommuneFactory(), a_fiche("b"))

    recompute("2030")

    assert france(2030, "dossiers", "sheets") == (1, 1)


def test_dossier_withdrawn_enters_no_figure():
    edition = open_edition(2030)
    award = laureate(edition, a_fiche("a"))
    award.collectivity.candidacies.update(state="withdrawn", filed=None)

    recompute("2030")

    assert france(2030, "dossiers", "sheets") == (0, None)


def test_last_edition_without_a_palmares_is_compared_by_every_dossier():
    before, edition = open_edition(2029), open_edition(2030)
    a_judged_dossier(before, CommuneFactory(), a_fiche("a"))
    laureate(edition, a_fiche("a"))

    recompute("2030")

    assert france(2030, "sheets_new", "sheets_renewed") == (0, 1)


def test_coverage_is_stored_for_every_service_and_enjeu():
    service = ServiceFactory()
    other = ServiceFactory()
    before, edition = open_edition(2029), open_edition(2030)
    laureate(before, a_fiche("a", "1", service.code))
    laureate(edition, a_fiche("a", "1", service.code, other.code), a_fiche("b", "1", service.code))

    recompute("2030")

    rows = CoverageFigure.objects.values_list(
        "service__code", "dossiers", "sheets", "dossiers_before", "sheets_before"
    )
    assert set(rows) == {
        (None, 1, 3, 1, 1),
        (service.code, 1, 2, 1, 1),
        (other.code, 1, 1, 0, 0),
    }


def test_recompute_twice_leaves_the_same_rows():
    edition = open_edition(2030)
    ServiceFactory()
    laureate(edition, a_fiche("a"))
    recompute("2030")
    before = [StatisticsRun.objects.get().digest, Statistic.objects.count(), CoverageFigure.objects.count()]

    recompute("2030")

    assert [
        StatisticsRun.objects.get().digest,
        Statistic.objects.count(),
        CoverageFigure.objects.count(),
    ] == before


def test_progress_is_told_while_the_dossiers_are_read():
    edition = open_edition(2030)
    for at in range(3):
        laureate(edition, a_fiche(f"fiche-{at}"))
    statistics.request(edition)

    job.run_pending()

    done = Job.objects.get(kind="statistics")
    assert (done.state, done.progress, done.total) == ("done", 4, 4)


def test_dossiers_filed_after_the_reading_are_read_with_the_rest():
    edition = Edition.objects.select_related("rulebook").get(pk=open_edition(2030).pk)
    laureate(edition, a_fiche("a"))

    statistics.settle(edition, {})

    assert france(2030, "dossiers", "sheets") == (1, 1)


def ten(place, year, **facts):
    return AwardFactory(edition=EditionFactory(year=year), collectivity=place, level=5, is_ten=True, **facts)


def test_titles_in_force_are_those_of_three_editions_each_holder_once():
    again = CommuneFactory()
    for year in (2023, 2025):
        ten(again, year)
    ten(CommuneFactory(), 2024)
    ten(CommuneFactory(), 2022)

    recompute("2025")

    assert france(2025, "ten", "ten_in_force") == (1, 2)
    assert StatisticsRun.objects.get().titles_unknown == []


def test_titles_in_force_are_not_known_unless_the_three_editions_are():
    EditionFactory(year=2023)
    EditionFactory(year=2024, coverage="attested")
    ten(CommuneFactory(), 2025)

    recompute("2025")

    assert france(2025, "ten", "ten_in_force") == (1, None)
    assert StatisticsRun.objects.get().titles_unknown == [2024]


def test_edition_that_is_still_secret_is_not_told_through_another():
    EditionFactory(year=2028)
    AwardFactory(edition=open_edition(2029), level=5, is_ten=True)
    ten(CommuneFactory(), 2030)

    recompute("2030")

    assert StatisticsRun.objects.get().titles_unknown == [2029]


def test_figures_that_changed_ask_for_those_of_the_editions_in_which_titles_hold():
    ten(CommuneFactory(), 2025)
    for year in (2026, 2027, 2028):
        EditionFactory(year=year)

    recompute("2025")
    asked = set(Job.objects.filter(kind="statistics").values_list("key", flat=True))
    Job.objects.all().delete()
    recompute("2025")

    assert asked == {"2026", "2027"}
    assert not Job.objects.filter(kind="statistics").exists()
