"""Renewal: what became of a fiche over a year is read in its revisions, never in what somebody ticked.

Working proposal, until the association publishes the opening dates of its editions: the year that counts runs
« depuis le 1er janvier de l’année », on the clock of Paris.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from labels.choices import RenewalChoice, RenewalStatus

PARIS = ZoneInfo("Europe/Paris")
# « Une fiche compte si elle a moins de deux ans, ou si elle est toujours en cours » (règlement of the label).
YEARS_BEFORE_READING_AGAIN = 2


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` to just before `until`."""

    since: datetime
    until: datetime

    def holds(self, at: datetime) -> bool:
        return self.since <= at < self.until


def window_of(year: int) -> Window:
    """The year in which fiches are renewed, from 1 January to 1 January, on the clock of Paris."""
    return Window(datetime(year, 1, 1, tzinfo=PARIS), datetime(year + 1, 1, 1, tzinfo=PARIS))


class Trace(NamedTuple):
    """What renewal reads of a revision."""

    number: int
    at: datetime
    digest: str
    is_running: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What was chosen for a fiche, by someone who had read version `version` of it and its revision `number`."""

    sheet: UUID
    choice: RenewalChoice
    version: int
    number: int
    ended_on: date | None = None


def status(revisions: Sequence[Trace], window: Window) -> RenewalStatus:
    """What became of a fiche, given all its revisions in order: those published before are compared with the last one inside.

    New: nothing was published before. Ended: it ran before and runs no longer, whatever else changed. Modified: it tells
    something else (`rules.sheet.digest`). Renewed: it was published again and tells the same. A change undone within the
    year is no change.
    """
    before = [one for one in revisions if one.at < window.since]
    inside = [one for one in revisions if window.holds(one.at)]
    if not inside:
        return RenewalStatus.UNTOUCHED
    if not before:
        return RenewalStatus.NEW
    old, now = before[-1], inside[-1]
    if old.is_running and not now.is_running:
        return RenewalStatus.ENDED
    return RenewalStatus.RENEWED if old.digest == now.digest else RenewalStatus.MODIFIED


def told_since(revisions: Sequence[Trace]) -> datetime:
    """When a fiche began to tell what it tells today: confirming it or ending it does not make its text any younger."""
    told = revisions[-1]
    for one in reversed(revisions):
        if one.digest != told.digest:
            break
        told = one
    return told.at


def is_old(told: date, today: date) -> bool:
    """Whether a text has reached two years, so that it is read again before it is said to be still true."""
    return (told.year + YEARS_BEFORE_READING_AGAIN, told.month, told.day) <= (
        today.year,
        today.month,
        today.day,
    )
