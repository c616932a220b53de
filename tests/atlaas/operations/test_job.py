import contextlib
import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from atlaas.models import Job, Region
from atlaas.operations import job
from tests.factories.atlaas import RegionFactory
from tests.refusals import refused_by

CALLS = []


@pytest.fixture(autouse=True)
def handlers(settings):
    CALLS.clear()
    settings.JOB_HANDLERS = {
        kind: f"{__name__}.{kind}"
        for kind in ("note", "fail", "write_and_fail", "lose", "mail_and_fail", "batches")
    }


def note(key):
    CALLS.append(key)


def fail(key):
    CALLS.append(key)
    raise ValueError("le fichier manque")


def write_and_fail(key):
    RegionFactory(code=key)
    raise ValueError("après avoir écrit")


def lose(key):
    RegionFactory(code=key)
    Job.objects.update(attempts=2)


@job.commits_as_it_goes
def batches(key):
    """Three batches, the last of them while another worker takes the job over."""
    for done in (1, 2, 3):
        with transaction.atomic():
            RegionFactory(code=f"{key}{done}")
            if done == 3:
                Job.objects.update(attempts=F("attempts") + 1)
            job.report(done, 3)
        CALLS.append(seen())


def seen():
    return Job.objects.values_list("progress", "total", "attempts").get()


@job.commits_as_it_goes
def mail_and_fail(key):
    RegionFactory(code=key)
    raise ValueError("après un premier courriel")


def ago(minutes):
    return timezone.now() - dt.timedelta(minutes=minutes)


def running(**changes):
    return Job.objects.create(
        **{"kind": "note", "key": "2025", "state": "running", "attempts": 1, "lease_until": ago(1)} | changes
    )


def states():
    return list(Job.objects.order_by("pk").values_list("state", "attempts"))


@pytest.mark.django_db
def test_request_waits_once():
    first = job.request("note", key="2025")
    second = job.request("note", key="2025")
    other = job.request("note", key="2024")

    assert first == second
    assert other != first
    assert states() == [("pending", 0), ("pending", 0)]


TAKEN_IN_BETWEEN = """
CREATE FUNCTION take_in_between() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE atlaas_job SET state = 'running', attempts = 1, lease_until = now() + interval '10 minutes'
    WHERE state = 'pending' AND NOT EXISTS (SELECT FROM atlaas_job WHERE state = 'running');
    RETURN NULL;
END $$;
CREATE TRIGGER take_in_between AFTER INSERT ON atlaas_job EXECUTE FUNCTION take_in_between();
"""


@pytest.mark.django_db
def test_request_asks_again_when_the_job_that_waited_is_taken_in_between():
    waiting = job.request("note", key="2025")
    with connection.cursor() as cursor:
        cursor.execute(TAKEN_IN_BETWEEN)

    asked = job.request("note", key="2025")

    assert asked != waiting
    assert states() == [("running", 1), ("pending", 0)]


@pytest.mark.django_db
def test_request_without_a_handler_is_refused():
    with pytest.raises(LookupError, match="unknown"):
        job.request("unknown", key="2025")

    assert states() == []


@pytest.mark.django_db
def test_request_made_while_the_same_job_runs_makes_another_run():
    job.request("note", key="2025")
    job.claim()
    job.request("note", key="2025")

    assert states() == [("running", 1), ("pending", 0)]


@pytest.mark.django_db
def test_database_refuses_two_that_wait():
    Job.objects.create(kind="note", key="2025")

    with refused_by("job_waits_once"):
        Job.objects.create(kind="note", key="2025")


@pytest.mark.django_db
def test_claim_takes_the_oldest_under_a_lease():
    oldest = Job.objects.create(kind="note", key="1", created_at=ago(5))
    Job.objects.create(kind="note", key="2", created_at=ago(2))

    taken = job.claim()

    assert taken == oldest
    assert (taken.state, taken.attempts, taken.progress, taken.total) == ("running", 1, 0, 1)
    assert ago(-9) < taken.lease_until < ago(-11)


@pytest.mark.django_db
def test_claim_finds_nothing_to_do():
    running(lease_until=ago(-1))

    assert job.claim() is None


@pytest.mark.django_db
def test_claim_takes_over_a_lease_that_has_run_out():
    left = running(attempts=2)

    assert job.claim() == left
    assert states() == [("running", 3)]


@pytest.mark.django_db
def test_claim_gives_up_a_job_killed_three_times_and_goes_on(caplog):
    left = running(attempts=3, created_at=ago(9))
    waiting = Job.objects.create(kind="note", key="2024")

    assert job.claim() == waiting

    left.refresh_from_db()
    assert (left.state, left.error) == ("failed", "Le travail s’est interrompu avant sa fin, chaque fois.")
    assert "given up after 3 attempts" in caplog.text


@pytest.mark.django_db
def test_run_pending_does_each_job_once():
    for key in ("2023", "2024", "2025"):
        job.request("note", key=key)

    assert job.run_pending() == 3
    assert job.run_pending() == 0

    assert CALLS == ["2023", "2024", "2025"]
    assert states() == [("done", 1)] * 3
    done = Job.objects.first()
    assert (done.progress, done.total, done.lease_until, done.finished_at is None) == (1, 1, None, False)


@pytest.mark.django_db
def test_run_pending_stops_at_its_limit():
    for key in ("2023", "2024", "2025"):
        job.request("note", key=key)

    assert job.run_pending(limit=2) == 2
    assert states() == [("done", 1), ("done", 1), ("pending", 0)]


@pytest.mark.django_db
def test_run_pending_tries_three_times_then_keeps_the_error(caplog):
    job.request("fail", key="2025")
    job.request("note", key="2025")

    for _ in range(4):
        job.run_pending()
        Job.objects.filter(state="running").update(lease_until=ago(1))

    failed = Job.objects.get(kind="fail")
    assert CALLS == ["2025"] * 4
    assert (failed.state, failed.attempts, failed.error) == ("failed", 3, "ValueError: le fichier manque")
    assert "given up after 3 attempts: ValueError: le fichier manque" in caplog.text
    assert Job.objects.get(kind="note").state == "done"


@pytest.mark.django_db
def test_run_pending_waits_before_it_tries_again():
    job.request("fail", key="2025")

    assert job.run_pending() == 1
    assert job.run_pending() == 0

    failing = Job.objects.get()
    assert (failing.state, failing.error) == ("running", "ValueError: le fichier manque")
    assert failing.lease_until > timezone.now()


@pytest.mark.django_db
def test_run_pending_undoes_what_a_failing_job_wrote():
    job.request("write_and_fail", key="77")

    job.run_pending()

    assert Region.objects.count() == 0


@pytest.mark.django_db
def test_run_pending_keeps_what_a_job_that_commits_as_it_goes_wrote(caplog):
    job.request("mail_and_fail", key="77")

    job.run_pending()

    assert Region.objects.count() == 1
    assert Job.objects.get().error == "ValueError: après un premier courriel"


@pytest.mark.django_db
def test_report_shows_the_progress_keeps_the_lease_and_stops_one_who_lost_it(caplog):
    job.request("batches", key="7")

    job.run_pending()

    assert CALLS == [(1, 3, 1), (2, 3, 1)]
    assert list(Region.objects.order_by("code").values_list("code", flat=True)) == ["71", "72"]
    assert Job.objects.get().lease_until > timezone.now() + dt.timedelta(minutes=9)
    assert "taken over by another worker" in caplog.text


@pytest.mark.django_db
def test_report_outside_of_a_job_says_nothing():
    job.request("note", key="2025")

    job.report(1, 2)

    assert seen() == (0, 0, 0)


@pytest.mark.django_db
def test_run_pending_undoes_what_it_wrote_when_another_took_the_job_over(caplog):
    job.request("lose", key="77")

    job.run_pending()

    assert Region.objects.count() == 0
    assert states() == [("running", 1)]
    assert "taken over by another worker" in caplog.text


@pytest.mark.django_db
def test_run_pending_does_not_note_a_failure_on_a_job_taken_over():
    taken = running(attempts=2)
    stale = Job.objects.get()
    stale.attempts = 1

    job._note_failure(stale, "trop tard")

    taken.refresh_from_db()
    assert (taken.state, taken.error) == ("running", "")


@pytest.mark.django_db
def test_run_pending_redoes_the_job_of_a_killed_worker():
    running(attempts=1)

    assert job.run_pending() == 1
    assert (CALLS, states()) == (["2025"], [("done", 2)])


def on_own_connection(work):
    with contextlib.closing(connection):
        return work()


def in_threads(*works):
    """Run the works at once, each on its own connection; the first failure is raised."""
    with ThreadPoolExecutor(len(works)) as pool:
        for future in [pool.submit(on_own_connection, work) for work in works]:
            future.result(timeout=30)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_the_same_job():
    for number in range(20):
        job.request("note", key=str(number))

    in_threads(job.run_pending, job.run_pending)

    assert sorted(CALLS, key=int) == [str(number) for number in range(20)]
    assert states() == [("done", 1)] * 20


@pytest.mark.django_db(transaction=True)
def test_many_requests_at_once_make_one_row():
    in_threads(*[lambda: job.request("note", key="2025")] * 6)

    assert states() == [("pending", 0)]


@pytest.mark.django_db(transaction=True)
def test_job_asked_again_is_not_taken_before_the_change_can_be_read():
    """Otherwise the worker reads the old data, and the request that met a waiting row is lost."""
    job.request("note", key="2025")
    asked, looked = threading.Event(), threading.Event()
    found = []

    def web():
        with transaction.atomic():
            job.request("note", key="2025")
            asked.set()
            assert looked.wait(20)

    def worker():
        assert asked.wait(20)
        found.append(job.run_pending())
        looked.set()

    in_threads(web, worker)
    found.append(job.run_pending())

    assert found == [0, 1]
