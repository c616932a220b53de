"""What the worker does when woken, and how it is woken."""

import logging

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from atlaas.operations import attachment, heartbeat, job
from atlaas.queries.health import BEAT, broker_answers

logger = logging.getLogger(__name__)


@shared_task
def run_jobs() -> int:
    """Do the jobs that wait; beat asks for it each minute, `wake` at once."""
    return job.run_pending()


@shared_task
def beat() -> None:
    """Write the heartbeat that /sante/pret reads."""
    heartbeat.beat(BEAT)


@shared_task
def ask_for_digests() -> None:
    """Ask for the digests of the day; two beats on one day ask for the same ones, already sent."""
    job.request("digests", key=timezone.localdate().isoformat())
    wake()


@shared_task
def erase_old_files() -> int:
    """Erase the files that nothing names any more; a second run finds none."""
    return attachment.purge()


def wake() -> None:
    """Wake a worker once the current transaction is committed: called by views, admin and commands, never by operations."""
    transaction.on_commit(_send)


def _send() -> None:
    """Send the message; without a broker the job waits for the sweeper, at most a minute, and the person goes on.

    The broker is asked first because Celery's own client tries again for seconds, in which a person would wait.
    """
    try:
        if broker_answers():
            run_jobs.apply_async(retry=False)
            return
    except OperationalError:
        logger.debug("The broker went away in between", exc_info=True)
    logger.warning("The broker does not answer: jobs wait for the next sweep")
