"""The job « statistics » run by one worker or four at once, or killed in the middle, ends in the same rows."""

import datetime as dt
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.utils import timezone

from atlaas.models import Job
from atlaas.operations import job
from labels.models import CoverageFigure, Statistic, StatisticsRun
from labels.operations.statistics import recompute, request
from tests.factories.atlaas import ServiceFactory
from tests.factories.campaign import open_edition
from tests.factories.judged import a_fiche, a_judged_dossier
from tests.factories.labels import AwardFactory
from tests.processes.test_statistics_refresh import environment
from tests.waiting import until_someone_waits

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
WORKER = "from atlaas.project import wsgi; from atlaas.operations import job; job.run_pending()"


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


def test_worker_killed_in_the_middle_leaves_the_former_rows_and_another_ends_the_work(edition, tmp_path):
    recompute("2030")
    former = rows()
    AwardFactory(edition=edition, level=5)
    request(edition)

    with transaction.atomic():
        with (
            connection.cursor() as cursor
        ):  # its last writing waits: the rest of the figures is written, not committed
            cursor.execute("LOCK TABLE labels_statisticsrun IN SHARE MODE")
        worker = subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=environment(tmp_path))
        until_someone_waits()
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()

    assert rows() == former
    assert [(one.state, one.attempts) for one in Job.objects.filter(kind="statistics")] == [("running", 1)]
    Job.objects.filter(kind="statistics").update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    job.run_pending()
    ended = rows()
    recompute("2030")
    assert [(one.state, one.attempts) for one in Job.objects.filter(kind="statistics")] == [("done", 2)]
    assert Statistic.objects.get(region=None, category="", level="").laureates == 4
    assert rows() == ended != former
