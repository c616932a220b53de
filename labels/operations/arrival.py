"""What a dispute is settled with: each request on the pages of a candidacy, as it arrived and as it was answered."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from atlaas.models import User
from labels.models import Arrival

KEPT = timedelta(days=365)
BIGGEST = 2_147_483_647  # of the column


def note(user: User, *, method: str, path: str, status: int, size: int, milliseconds: int) -> Arrival:
    """One row, on the database's clock: `milliseconds` ago the request arrived. Never its body."""
    return Arrival.objects.create(
        user=user,
        at=Now() - timedelta(milliseconds=milliseconds),
        method=method[:7],
        path=path[:300],
        status=status,
        size=min(max(size, 0), BIGGEST),
        milliseconds=milliseconds,
    )


@transaction.atomic
def forget() -> int:
    """Erase what is older than a year; answers how many rows."""
    return Arrival.objects.filter(at__lt=Now() - KEPT).delete()[0]
