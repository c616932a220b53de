"""An instant as people read it: on the clock of Paris, and on the wall of their town hall where it differs."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from labels.rules.clock import PARIS

WIDE = "\u00a0"  # no break
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


@dataclass(frozen=True, slots=True)
class Told:
    """An instant in words; `local` is empty where the clock of Paris is the clock on the wall that day."""

    iso: str
    paris: str
    local: str

    def __str__(self) -> str:
        return f"{self.paris}, soit {self.local}" if self.local else self.paris


def told(at: datetime, zone: ZoneInfo, *, seconds: bool = False) -> Told:
    """Both clocks: « mercredi 15 novembre 2028 à 23 h 59 (heure de Paris) »."""
    paris, local = at.astimezone(PARIS), at.astimezone(zone)
    differs = paris.utcoffset() != local.utcoffset()
    return Told(
        iso=at.astimezone(ZoneInfo("UTC")).isoformat(),
        paris=f"{moment(paris, seconds=seconds)} (heure de Paris)",
        local=f"{moment(local, seconds=seconds)} (heure locale)" if differs else "",
    )


def moment(at: datetime, *, seconds: bool = False) -> str:
    """A date and an hour in French; the seconds where they prove something."""
    day = f"{DAYS[at.weekday()]} {day_words(at)}"
    hour = f"{at.hour}{WIDE}h{WIDE}{at.minute:02}"
    return f"{day} à {hour}{WIDE}min{WIDE}{at.second:02}{WIDE}s" if seconds else f"{day} à {hour}"


def day_words(day: date) -> str:
    """« 1er mai 2028 »."""
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first}{WIDE}{MONTHS[day.month - 1]} {day.year}"
