"""When a sealed palmarès becomes public: the hour is set once it is sealed, and moves until it has come."""

from datetime import datetime

NOT_SEALED = "Le palmarès n’est pas scellé : scellez-le, puis choisissez l’heure de sa publication."
PUBLIC = "Le palmarès est public : son heure ne change plus."
COMING = "L’heure est venue : le palmarès devient public dans un instant."
PAST = "Cette heure est passée : choisissez-en une à venir, ou publiez maintenant."


def why_hour_stands(
    *, is_sealed: bool, published_at: datetime | None, publish_at: datetime | None, now: datetime
) -> str:
    """Why the hour cannot be set, moved or taken back; empty while it may."""
    if published_at is not None:
        return PUBLIC
    if not is_sealed:
        return NOT_SEALED
    if publish_at is not None and publish_at <= now:
        return COMING
    return ""


def why_not_that_hour(at: datetime, *, now: datetime) -> str:
    return PAST if at <= now else ""


def is_due(*, publish_at: datetime | None, published_at: datetime | None, now: datetime) -> bool:
    """Whether the hour has come and the palmarès is not public yet: never one instant before."""
    return publish_at is not None and published_at is None and publish_at <= now
