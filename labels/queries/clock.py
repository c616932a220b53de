"""When one collectivité may file: asked of the database, whose clock alone decides."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import connection

from atlaas.models import Collectivity
from atlaas.rules.refusal import Refused
from labels.models import Candidacy, Edition, Extension
from labels.rules.clock import Window, closing, zone_of
from labels.rules.clock_words import Told, told
from labels.rules.freeze import why_date_frozen

# Groups of communes belong to no département: overseas, their région is one by itself (codes of the INSEE).
ONE_DEPARTEMENT = {"01": "971", "02": "972", "03": "973", "04": "974", "06": "976"}


@dataclass(frozen=True)
class Deadline:
    """What a page tells of a window: the end, on both clocks, and the instant at which it was read (one query each)."""

    now: datetime
    end: datetime
    end_told: Told
    opens_told: Told
    is_open: bool
    is_extended: bool


def now() -> datetime:
    """The instant on the database's own clock, even inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (instant,) = cursor.fetchone()
    at: datetime = instant
    return at


def zone_for(collectivity: Collectivity) -> ZoneInfo:
    """The clock of the town hall; of its région when a group of communes names no département."""
    alone = ONE_DEPARTEMENT.get(collectivity.region_id)
    return zone_of(collectivity.departement_id or alone)


def window_of(candidacy: Candidacy) -> Window:
    """The window of a candidacy with the extension it was given."""
    return window_for(candidacy.edition, candidacy.collectivity)


def window_for(edition: Edition, collectivity: Collectivity) -> Window:
    """The window of a collectivité, whether it has a candidacy or not; `Refused` when the edition has none here."""
    if edition.opens_at is None or edition.closes_at is None:
        raise Refused("Cette édition ne reçoit pas de candidature ici.")
    return Window(
        opens_at=edition.opens_at,
        closes_at=closing(edition.closes_at, edition.closing_clock, zone_for(collectivity)),
        grace=timedelta(seconds=edition.rulebook.grace_seconds),
        extended_until=_extended_until(edition, collectivity),
    )


def _extended_until(edition: Edition, collectivity: Collectivity) -> datetime | None:
    live = Extension.objects.filter(
        candidacy__edition=edition, candidacy__collectivity=collectivity, ended_at=None
    )
    return live.order_by("-until").values_list("until", flat=True).first()


def deadline_of(edition: Edition, collectivity: Collectivity) -> Deadline:
    """The deadline as the page of that collectivité tells it; the grace is never told."""
    window, at, zone = window_for(edition, collectivity), now(), zone_for(collectivity)
    return Deadline(
        now=at,
        end=window.told_end,
        end_told=told(window.told_end, zone),
        opens_told=told(window.opens_at, zone),
        is_open=window.opens_at <= at < window.told_end,
        is_extended=window.told_end > window.closes_at,
    )


def why_date(edition: Edition, name: str, at: datetime) -> str:
    """Why this date of an edition no longer moves at that instant; empty while it may."""
    return why_date_frozen(
        name,
        opens_at=edition.opens_at,
        closes_at=edition.closes_at,
        published_at=edition.published_at,
        at=at,
    )
