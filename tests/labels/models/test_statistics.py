import pytest
from django.utils import timezone

from labels.models import CoverageFigure, Statistic, StatisticsRun
from tests.factories.atlaas import DepartementFactory, ServiceFactory
from tests.factories.labels import EditionFactory
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
EMPTY = dict.fromkeys(
    (
        "level_1",
        "level_2",
        "level_3",
        "level_4",
        "level_5",
        "level_unconfirmed",
        "ten",
        "mentions",
        "communes",
        "member_communes",
        "inhabitants",
    ),
    0,
)


def test_statistic_exists_once():
    edition = EditionFactory()
    Statistic.objects.create(edition=edition, laureates=0, **EMPTY)

    with refused_by("statistic_once"):
        Statistic.objects.create(edition=edition, laureates=0, **EMPTY)


def test_statistic_classes_make_the_total():
    with refused_by("statistic_levels_add_up"):
        Statistic.objects.create(edition=EditionFactory(), laureates=2, **EMPTY | {"level_unconfirmed": 1})


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"ten": 1}, "statistic_ten_within_5"),
        ({"level": "3", "ten_in_force": 1}, "statistic_ten_in_force_of_no_level"),
        ({"dossiers": 1}, "statistic_dossiers_within_laureates"),
        (
            {"sheets": 3, "sheets_new": 1, "sheets_modified": 1, "sheets_renewed": 0},
            "statistic_sheets_add_up",
        ),
        ({"sheets": 3, "sheets_new": 3}, "statistic_sheets_add_up"),
    ],
)
def test_statistic_holds_no_figure_that_cannot_be(facts, constraint):
    edition = EditionFactory()

    with refused_by(constraint):
        Statistic.objects.create(edition=edition, laureates=0, **EMPTY | facts)


def test_statistic_of_a_departement_has_its_region():
    edition, departement = EditionFactory(), DepartementFactory()

    with refused_by("statistic_departement_has_its_region"):
        Statistic.objects.create(edition=edition, departement=departement, laureates=0, **EMPTY)


def test_statistic_of_fiches_that_are_not_known_is_null():
    row = Statistic.objects.create(edition=EditionFactory(), laureates=0, **EMPTY)

    assert (row.sheets, row.sheets_new, row.ten_in_force) == (None, None, None)


@pytest.mark.parametrize("digest", ["", "0" * 63, "G" * 64])
def test_run_has_a_digest(digest):
    edition = EditionFactory()

    with refused_by("statistics_run_digest_shape"):
        StatisticsRun.objects.create(edition=edition, computed_at=timezone.now(), digest=digest)


@pytest.fixture
def enjeu():
    return ServiceFactory().enjeu


def figure(enjeu, **facts):
    return CoverageFigure.objects.create(
        edition=EditionFactory(), enjeu=enjeu, **{"dossiers": 1, "sheets": 2} | facts
    )


def test_coverage_figure_exists_once(enjeu):
    figure(enjeu)

    with refused_by("coverage_figure_once"):
        figure(enjeu)


def test_coverage_figure_of_a_dossier_has_a_fiche(enjeu):
    with refused_by("coverage_figure_a_dossier_has_a_fiche"):
        figure(enjeu, dossiers=3)


@pytest.mark.parametrize(
    "before", [{"dossiers_before": 1}, {"sheets_before": 1}, {"dossiers_before": 2, "sheets_before": 1}]
)
def test_coverage_figure_of_the_edition_before_is_known_whole(enjeu, before):
    with refused_by("coverage_figure_known_before_whole"):
        figure(enjeu, **before)
