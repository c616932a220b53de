"""Make a sealed palmarès public: at the hour that organisers set, or at once; one transaction, by the database's clock."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from atlaas.models import User
from atlaas.operations import job
from atlaas.permissions import require_organiser
from atlaas.rules.refusal import Conflict, Refused
from labels.models import Edition, Seal
from labels.operations import statistics
from labels.queries.clock import now
from labels.queries.mark import mark_of
from labels.rules.publication_hour import NOT_SEALED, is_due, why_hour_stands, why_not_that_hour

FOLLOWED = "publication"  # the job of what follows: its handler is an upper app's, named by the settings
HOUR = ("publish_at",)
CHANGED = "Quelqu’un a changé l’heure depuis que vous avez ouvert cette page : relisez-la, puis recommencez."


@transaction.atomic
def set_hour(edition: Edition, at: datetime | None, *, read: str, by: User) -> Edition:
    """Set the hour, move it, or take it back (None); `read` is the mark of the hour that the page showed."""
    require_organiser(by)
    held, instant = _held(edition), now()
    why = why_hour_stands(
        is_sealed=_is_sealed(held),
        published_at=held.published_at,
        publish_at=held.publish_at,
        now=instant,
    )
    if why := why or (why_not_that_hour(at, now=instant) if at else ""):
        raise Refused(why)
    if mark_of(held, HOUR) != read:
        raise Conflict(CHANGED, current=held.publish_at, proposed=at)
    held.publish_at = at
    held.save(update_fields=["publish_at"])
    return held


@transaction.atomic
def publish_now(edition: Edition, *, by: User) -> Edition:
    """Before the hour that was set, or without one. Twice is once."""
    require_organiser(by)
    held = _held(edition)
    if held.published_at is not None:
        return held
    if not _is_sealed(held):
        raise Refused(NOT_SEALED)
    return _publish(held, publish_at=Now())


def publish_due() -> int:
    """Publish every palmarès whose hour has come; answers how many. Asked often, and safe to ask twice at once."""
    waiting = Edition.objects.filter(published_at=None, publish_at__lte=Now()).order_by("year")
    return sum(_publish_if_due(one) for one in waiting)


@transaction.atomic
def _publish_if_due(edition: Edition) -> bool:
    """The row is read again once it is held: meanwhile the hour may have moved, or another worker been faster."""
    held = _held(edition)
    due = is_due(publish_at=held.publish_at, published_at=held.published_at, now=now())
    if not due or not _is_sealed(held):
        return False
    _publish(held)
    return True


def _publish(held: Edition, **more: object) -> Edition:
    """One UPDATE opens every door at once; what must follow is asked in the same transaction."""
    Edition.objects.filter(pk=held.pk).update(published_at=Now(), **more)
    job.request(FOLLOWED, key=str(held.year))
    statistics.request_followers(held)
    held.refresh_from_db()
    return held


def _held(edition: Edition) -> Edition:
    return Edition.objects.select_for_update(no_key=True).get(pk=edition.pk)


def _is_sealed(edition: Edition) -> bool:
    return Seal.objects.filter(edition=edition).exists()
