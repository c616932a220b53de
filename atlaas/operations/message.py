"""Verbs of a person on their messages: read, stop a type, take it again."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models.functions import Now

from atlaas.choices import NoticeKind
from atlaas.models import Silence, User


@transaction.atomic
def mark_read(user: User, *, pk: int | None = None) -> int:
    """One message, or all of them; answers how many were unread."""
    rows = user.notices.filter(read_at=None)
    rows = rows if pk is None else rows.filter(pk=pk)
    return rows.update(read_at=Now())


@transaction.atomic
def silence(user: User, *, kinds: Iterable[NoticeKind]) -> None:
    """Stop these types by mail; the workspace shows them still."""
    rows = [Silence(user=user, kind=kind) for kind in kinds]
    Silence.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def speak(user: User, *, kinds: Iterable[NoticeKind]) -> None:
    """Take these types by mail again, from now on."""
    user.silences.filter(kind__in=list(kinds)).delete()


@transaction.atomic
def choose(user: User, *, wanted: Iterable[str]) -> None:
    """Keep the types of `wanted` and stop all others."""
    kept = set(wanted)
    speak(user, kinds=[kind for kind in NoticeKind if kind in kept])
    silence(user, kinds=[kind for kind in NoticeKind if kind not in kept])
