"""Seats of a jury as the association sees them, and the secret of an invitation."""

from django.conf import settings
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from atlaas.rules.invitation import fingerprint
from jury.choices import SittingState
from jury.models import Juror, Score, Sitting
from labels.models import Edition, JuryMember

SALT = "jury.invitation"


def seats(edition: Edition) -> QuerySet[Juror]:
    """Who sits in the jury of an edition, each with `ties`, the number of their ties in force."""
    rows: QuerySet[Juror] = Juror.objects.seated().filter(edition=edition).select_related("member")
    in_force = Q(recusals__dismissed_at=None)
    return rows.annotate(ties=Count("recusals", filter=in_force)).order_by(
        "-member__is_president", "member__position", "member__name"
    )


def without_seat(edition: Edition) -> QuerySet[JuryMember]:
    """Who is in the public roster of an edition and has no seat yet, in its order."""
    taken = Juror.objects.filter(edition=edition).values("member")
    found: QuerySet[JuryMember] = edition.jury_members.filter(is_listed=True).exclude(pk__in=taken)
    return found


def is_closed(edition: Edition) -> bool:
    """Whether the sitting of an edition is closed; one that was never prepared is not."""
    return Sitting.objects.filter(edition=edition, state=SittingState.CLOSED).exists()


def closed_sitting() -> Exists:
    """The same for the juror of the outer row."""
    return Exists(Sitting.objects.filter(edition=OuterRef("edition"), state=SittingState.CLOSED))


def has_scored(juror: Juror) -> bool:
    return Score.objects.filter(evaluation__juror=juror).exists()


def secret_of(juror: Juror) -> str:
    """The secret of the link, drawn from the key of the site: nothing stored reveals it, and a new invitation changes it."""
    sent = juror.invited_at.timestamp() if juror.invited_at else ""
    facts = f"{juror.pk}:{juror.email}:{sent}"
    return salted_hmac(SALT, facts, secret=settings.SECRET_KEY, algorithm="sha256").hexdigest()


def by_secret(secret: str) -> Juror | None:
    """The seat of a link, whatever became of it, with `is_closed`; None when there is none."""
    rows = Juror.objects.select_related("edition", "member").annotate(is_closed=closed_sitting())
    return rows.filter(secret_hash=fingerprint(secret)).exclude(secret_hash="").first()
