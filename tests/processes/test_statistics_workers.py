"""The job « statistics » run by one worker or four at once ends in the same rows."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from labels.models import CoverageFigure, Statistic, StatisticsRun
from labels.operations.statistics import recompute
from tests.factories.atlaas import ServiceFactory
from tests.factories.campaign import open_edition
from tests.factories.judged import a_fiche, a_judged_dossier
from tests.factories.labels import AwardFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def edition():
    """Three laureates with their dossiers."""
    service = ServiceFactory()
    edition = open_edition(2030)
    for at in range(3):
        award = AwardFactory(edition=edition, level=at + 1)
        a_judged_dossier(edition, award.collectivity, a_fiche(f"fiche-{at}", "1", service.code))
    return edition


def rows():
    """Everything stored, without keys nor dates."""
    statistics = Statistic.objects.order_by("region", "departement", "category", "level").values()
    covered = CoverageFigure.objects.order_by("enjeu", "service").values()
    stored = [{name: value for name, value in one.items() if name != "id"} for one in [*statistics, *covered]]
    return stored, StatisticsRun.objects.values_list("digest", flat=True).get()


def in_a_thread(_rank):
    try:
        recompute("2030")
    finally:
        connection.close()


@pytest.mark.parametrize("workers", [1, 4])
def test_workers_at_once_leave_the_same_rows(edition, workers):
    recompute("2030")
    alone = rows()

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(in_a_thread, range(workers)))

    assert rows() == alone
