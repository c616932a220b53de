import pytest
from django.utils import timezone

from atlaas.models import Job
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def test_job_waits_once():
    Job.objects.create(kind="statistics", key="2025")

    with refused_by("job_waits_once"):
        Job.objects.create(kind="statistics", key="2025")


def test_job_running_is_leased():
    with refused_by("job_leased_while_running"):
        Job.objects.create(kind="statistics", key="2025", state="running")


def test_job_waiting_is_not_leased():
    with refused_by("job_leased_while_running"):
        Job.objects.create(kind="statistics", key="2025", lease_until=timezone.now())


@pytest.mark.parametrize("state", ["done", "failed"])
def test_job_finished_has_a_date(state):
    with refused_by("job_finished_has_date"):
        Job.objects.create(kind="statistics", key="2025", state=state)


def test_job_progress_stays_within_its_total():
    with refused_by("job_progress_within_total"):
        Job.objects.create(kind="statistics", key="2025", progress=2, total=1)
