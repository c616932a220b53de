"""When an edition is open, to the second: stored in UTC, told in Paris time and in the collectivité's own.

The window is half-open, [opening, closing), judged on the database's clock at the arrival of the request; a grace that no
page tells (rulebook) follows. An edition says whose clock closes it: with `local`, the same hour of the wall in each place.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from labels.choices import ClosingClock

PARIS = ZoneInfo("Europe/Paris")
# Départements and collectivités that do not live on the hour of Paris (codes of the INSEE; zones of the IANA).
ZONES = {
    "971": "America/Guadeloupe",
    "972": "America/Martinique",
    "973": "America/Cayenne",
    "974": "Indian/Reunion",
    "975": "America/Miquelon",
    "976": "Indian/Mayotte",
    "977": "America/St_Barthelemy",
    "978": "America/Marigot",
    "986": "Pacific/Wallis",
    "987": "Pacific/Tahiti",
    "988": "Pacific/Noumea",
}


class Moment(Enum):
    """Where an instant falls; `GRACE` is open too, and never told."""

    BEFORE = "before"
    OPEN = "open"
    GRACE = "grace"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """When one collectivité may file: its closing, its grace, and the extension it was given (None: none)."""

    opens_at: datetime
    closes_at: datetime
    grace: timedelta
    extended_until: datetime | None = None

    @property
    def told_end(self) -> datetime:
        """The end that pages tell: the closing, or the extension when it is later."""
        return max(self.closes_at, self.extended_until or self.closes_at)

    def moment(self, at: datetime) -> Moment:
        if at < self.opens_at:
            return Moment.BEFORE
        if at < self.told_end:
            return Moment.OPEN
        return Moment.GRACE if at < self.told_end + self.grace else Moment.CLOSED

    def takes(self, at: datetime) -> bool:
        """Whether what arrives at `at` is taken."""
        return self.moment(at) in {Moment.OPEN, Moment.GRACE}


def zone_of(departement: str | None) -> ZoneInfo:
    """The clock on the wall of the town hall; Paris where nothing else is known (a département's code, as the INSEE has it)."""
    return ZoneInfo(ZONES.get(departement or "", "Europe/Paris"))


def closing(closes_at: datetime, clock: str, zone: ZoneInfo) -> datetime:
    """The instant at which the edition closes for a collectivité that lives in `zone`."""
    if clock != ClosingClock.LOCAL:
        return closes_at
    return closes_at.astimezone(PARIS).replace(tzinfo=zone)


def is_doubtful(at: datetime) -> bool:
    """Whether the hour on a wall exists twice or not at all that night: no deadline is set there."""
    naive = at.replace(tzinfo=None)
    earlier, later = (naive.replace(tzinfo=at.tzinfo, fold=fold).utcoffset() for fold in (0, 1))
    return earlier != later
