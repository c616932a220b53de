"""Messages of a person, and what they no longer want by mail."""

import datetime as dt
from collections.abc import Iterable

from django.core import signing
from django.db.models import Exists, OuterRef, QuerySet

from atlaas.choices import NoticeKind
from atlaas.models import Notice, Silence, User
from atlaas.rules.mailing import EVERYTHING

SALT = "atlaas.silence"


def messages_of(user: User) -> QuerySet[Notice]:
    """Every message, the newest first."""
    return user.notices.select_related("collectivity")


def unread(user: User) -> QuerySet[Notice]:
    return messages_of(user).filter(read_at=None)


def silenced(user: User) -> set[str]:
    """The types that the person stopped."""
    return set(user.silences.values_list("kind", flat=True))


def to_mail(user: User, *, kinds: Iterable[str], before: dt.datetime | None = None) -> QuerySet[Notice]:
    """What was neither mailed nor dropped, oldest first."""
    rows = user.notices.filter(mailed_at=None, skipped_at=None, kind__in=list(kinds))
    rows = rows.filter(created_at__lt=before) if before else rows
    return rows.select_related("collectivity").order_by("created_at", "pk")


def people_to_alert() -> list[int]:
    """Keys of the people for whom « vous devez agir » waits and who want it at once."""
    later = Silence.objects.filter(user=OuterRef("pk"), kind=NoticeKind.ACTION)
    return list(_awaited(Notice.objects.filter(kind=NoticeKind.ACTION)).exclude(Exists(later)))


def people_to_digest(before: dt.datetime) -> list[int]:
    """Keys of the people for whom anything written before then waits."""
    return list(_awaited(Notice.objects.filter(created_at__lt=before)))


def _awaited(notices: QuerySet[Notice]) -> QuerySet[User, int]:
    waiting = notices.filter(user=OuterRef("pk"), mailed_at=None, skipped_at=None)
    people = User.objects.filter(Exists(waiting), is_active=True)
    return people.order_by("pk").values_list("pk", flat=True)


def stop_token(user: User, choice: str) -> str:
    """What the link « ne plus recevoir » carries, signed: the person and a type, or everything that may be stopped."""
    return signing.dumps([user.pk, choice], salt=SALT)


def read_stop_token(token: str) -> tuple[User, str] | None:
    """The person and the type of a link, or none when it was not made here; it never expires, as mails do not."""
    try:
        pk, choice = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    user = User.objects.filter(pk=pk).first()
    known = choice == EVERYTHING or choice in NoticeKind.values
    return (user, choice) if user and known else None


def is_stopped(user: User, kinds: Iterable[str]) -> bool:
    """Whether the person stopped every one of these types."""
    wanted = set(kinds)
    return Silence.objects.filter(user=user, kind__in=wanted).count() == len(wanted)
