"""What beat asks of the label's own jobs."""

from celery import shared_task
from django.utils import timezone

from atlaas.operations import job
from atlaas.tasks import wake
from labels.operations import arrival, member_document, press_kit
from labels.operations.probe import probe as store_and_undo
from labels.operations.publication_hour import publish_due
from labels.operations.reminder import remind_unfiled


@shared_task
def ask_for_search_alerts() -> None:
    """Ask for the alerts of the day, before the digests that carry them; two beats on one day ask for the same ones."""
    job.request("search-alerts", key=timezone.localdate().isoformat())
    wake()


@shared_task
def probe() -> None:
    """Write down that a draft and a filing could be stored this minute, while a campaign runs."""
    store_and_undo()


@shared_task
def forget_arrivals() -> None:
    """Erase arrivals older than a year."""
    arrival.forget()


@shared_task
def remind() -> None:
    """Tell those who have not filed that 30, 7 or 1 days are left; the digest of the morning carries it."""
    remind_unfiled(timezone.localdate())


@shared_task
def erase_old_documents() -> int:
    """Erase the documents that are kept no longer; a second run finds none."""
    return member_document.purge()


@shared_task
def publish() -> None:
    """Make public what is due; the workers are woken for what follows."""
    if publish_due():
        wake()


@shared_task
def ask_for_press_kits() -> None:
    """Ask that every press kit say what its data says: one that already does is left as it is."""
    press_kit.request_all()
    wake()
