"""Pieces of work done once, by rows: asked inside the transaction of who needs them, taken by whoever is free.

A row is asked (`pending`), taken under a lease (`running`), then `done`, or `failed` after three tries. A worker that is
killed leaves its lease behind: once it has run out, another takes the row over. Celery only wakes the workers.
"""

import datetime as dt
import logging
from collections.abc import Callable, Collection
from contextvars import ContextVar

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.module_loading import import_string

from atlaas.choices import JobState
from atlaas.models import Job

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=10)
RETRY_AFTER = dt.timedelta(minutes=1)
MOST_ATTEMPTS = 3

_at_work: ContextVar[Job | None] = ContextVar("the job whose handler runs", default=None)


class LeaseLost(Exception):
    """Another worker took the job over while this one was at it: what this one wrote is undone."""


def request(kind: str, *, key: str) -> Job:
    """Ask for a piece of work in the caller's transaction; two requests that wait for one object make one row.

    The row stays locked until the caller's transaction ends, so that no worker takes an older request and reads the
    data before the caller's change is there to be read.
    """
    if kind not in settings.JOB_HANDLERS:
        raise LookupError(f"No handler is named in JOB_HANDLERS for a job of kind {kind!r}")
    with transaction.atomic():
        while True:
            Job.objects.bulk_create([Job(kind=kind, key=key)], ignore_conflicts=True)
            waiting = Job.objects.select_for_update().filter(kind=kind, key=key, state=JobState.PENDING)
            if job := waiting.first():
                return job


def claim(*, but: Collection[str] = ()) -> Job | None:
    """Take the oldest job that waits, or whose lease has run out; None when there is nothing to do.

    Those of the kinds `but` are left to others.
    """
    while True:
        with transaction.atomic():
            free = Q(state=JobState.PENDING) | Q(state=JobState.RUNNING, lease_until__lte=Now())
            job = (
                Job.objects.select_for_update(skip_locked=True)
                .filter(free)
                .exclude(kind__in=but)
                .order_by("created_at", "pk")
                .first()
            )
            if job is None:
                return None
            if job.attempts < MOST_ATTEMPTS:
                return _take(job)
            _give_up(job, job.error or "Le travail s’est interrompu avant sa fin, chaque fois.")


def commits_as_it_goes(handler: Callable[[str], object]) -> Callable[[str], object]:
    """Mark a handler whose effects leave the database, as mails do: it commits each of them by itself, and bears being run twice.

    In one transaction with the job, a worker killed at the last mail would have every mail sent again.
    """
    handler.commits_as_it_goes = True  # type: ignore[attr-defined]
    return handler


def report(done: int, total: int) -> None:
    """Say how far a long handler is and keep its lease, in the transaction of the batch just written.

    `LeaseLost` undoes that batch when another worker has taken the job over. Others see the figure once it is committed,
    so it serves handlers that commit as they go. Outside of a job nothing is said.
    """
    job = _at_work.get()
    if job is None:
        return
    held = Job.objects.filter(_held(job))
    if not held.update(progress=done, total=total, lease_until=Now() + LEASE):
        raise LeaseLost


def run_pending(*, limit: int = 20, but: Collection[str] = ()) -> int:
    """Do at most `limit` jobs, those of the kinds `but` left aside, each in its own transaction; answers how many were taken."""
    for taken in range(limit):
        job = claim(but=but)
        if job is None:
            return taken
        _run(job)
    return limit


def _take(job: Job) -> Job:
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=F("attempts") + 1, lease_until=Now() + LEASE, progress=0, total=1
    )
    job.refresh_from_db()
    return job


def _run(job: Job) -> None:
    """Call the handler; its writes and the end of the job are one transaction, so that none goes without the other."""
    at_work = _at_work.set(job)
    try:
        handler = _handler(job.kind)
        if getattr(handler, "commits_as_it_goes", False):
            handler(job.key)
            _finish(job)
            return
        with transaction.atomic():
            handler(job.key)
            _finish(job)
    except LeaseLost:
        logger.warning("Job %s %s was taken over by another worker", job.kind, job.key)
    except Exception as error:  # whatever a handler raises is kept on its row, and the other jobs go on
        logger.exception("Job %s %s failed, attempt %s of %s", job.kind, job.key, job.attempts, MOST_ATTEMPTS)
        _note_failure(job, f"{type(error).__name__}: {error}")
    finally:
        _at_work.reset(at_work)


def _handler(kind: str) -> Callable[[str], object]:
    handler: Callable[[str], object] = import_string(settings.JOB_HANDLERS[kind])
    return handler


def _held(job: Job) -> Q:
    """The row, as long as it is this attempt that holds it."""
    return Q(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)


def _finish(job: Job) -> None:
    held = Job.objects.filter(_held(job))
    done = held.update(
        state=JobState.DONE, lease_until=None, finished_at=Now(), progress=F("total"), error=""
    )
    if not done:
        raise LeaseLost


def _note_failure(job: Job, error: str) -> None:
    with transaction.atomic():
        held = Job.objects.select_for_update().filter(_held(job)).first()
        if held is None:
            return
        if held.attempts >= MOST_ATTEMPTS:
            _give_up(held, error)
        else:
            Job.objects.filter(pk=held.pk).update(error=error, lease_until=Now() + RETRY_AFTER)


def _give_up(job: Job, error: str) -> None:
    logger.error("Job %s %s is given up after %s attempts: %s", job.kind, job.key, job.attempts, error)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, lease_until=None, finished_at=Now(), error=error
    )
