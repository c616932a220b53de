import datetime as dt

import pytest
from celery import current_app
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from atlaas import tasks
from atlaas.models import Attachment, Heartbeat, Job
from tests.factories.atlaas import draft_sheet

UNREACHABLE = "redis://127.0.0.1:1/0"
HANDLER = f"{__name__}.take"
TAKEN = []


def take(key):
    TAKEN.append(key)


def messages():
    with current_app.connection_for_read() as connection:
        return connection.default_channel.client.llen("celery")


@pytest.mark.django_db
def test_run_jobs_does_what_waits_and_is_safe_to_run_twice(settings):
    settings.JOB_HANDLERS = {"take": HANDLER}
    Job.objects.create(kind="take", key="2025")
    TAKEN.clear()

    assert (tasks.run_jobs(), tasks.run_jobs()) == (1, 0)
    assert TAKEN == ["2025"]


@pytest.mark.django_db
def test_beat_writes_the_heartbeat_once():
    tasks.beat()
    tasks.beat()

    assert list(Heartbeat.objects.values_list("name", flat=True)) == ["beat"]


@pytest.mark.django_db
def test_the_digests_of_a_day_are_asked_for_once(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():
        tasks.ask_for_digests()
        tasks.ask_for_digests()

    today = timezone.localdate().isoformat()
    assert list(Job.objects.values_list("kind", "key")) == [("digests", today)]


def test_beat_asks_for_the_digests_at_seven_in_paris():
    entry = current_app.conf.beat_schedule["digests"]

    assert (entry["task"], current_app.conf.timezone) == ("atlaas.tasks.ask_for_digests", "Europe/Paris")
    assert (entry["schedule"].hour, entry["schedule"].minute) == ({7}, {0})


@pytest.mark.django_db
def test_wake_sends_a_message_after_the_commit_only(django_capture_on_commit_callbacks):
    before = messages()

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        tasks.wake()

    assert len(callbacks) == 1
    assert messages() > before  # other processes may wake their worker too


@pytest.mark.django_db
def test_wake_sends_nothing_for_a_change_undone(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        tasks.wake()
        transaction.set_rollback(True)

    assert callbacks == []


@pytest.mark.django_db
def test_wake_goes_on_when_the_broker_leaves_in_between(
    monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def gone(**_):
        raise OperationalError("Connection refused")

    monkeypatch.setattr(tasks.run_jobs, "apply_async", gone)

    with django_capture_on_commit_callbacks(execute=True):
        tasks.wake()

    assert caplog.records[-1].getMessage() == "The broker does not answer: jobs wait for the next sweep"


@pytest.mark.django_db
def test_wake_without_a_broker_warns_and_goes_on(settings, caplog, django_capture_on_commit_callbacks):
    settings.REDIS_URL = UNREACHABLE

    with django_capture_on_commit_callbacks(execute=True):
        tasks.wake()

    assert [one.getMessage() for one in caplog.records] == [
        "The broker does not answer: jobs wait for the next sweep"
    ]


@pytest.mark.django_db
def test_old_files_are_erased_once():
    sheet = draft_sheet()
    long_ago = timezone.now() - dt.timedelta(days=31)
    facts = {"kind": "pdf", "name": "Convention", "size": 1, "sha256": "0" * 64, "removed_at": long_ago}
    Attachment.objects.create(sheet=sheet, **facts)

    assert (tasks.erase_old_files(), tasks.erase_old_files()) == (1, 0)
    assert Attachment.objects.count() == 0
