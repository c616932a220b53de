"""Which messages leave by mail, when, and in which order."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from atlaas.choices import NoticeKind
from atlaas.rules.text import french

PARIS = ZoneInfo("Europe/Paris")
DIGEST_HOUR = 7
EVERYTHING = "tout"  # what one stops from the head of a digest: all that may be stopped
STOPPABLE = tuple(kind for kind in NoticeKind if kind != NoticeKind.ACTION)


class HasKind(Protocol):
    """A message, as far as sorting it goes."""

    kind: str


Message = TypeVar("Message", bound=HasKind)


def digest_closes_at(day: dt.date) -> dt.datetime:
    """A digest holds what was written before seven o'clock, Paris time: the same whenever it is made, so that a day has one."""
    return dt.datetime.combine(day, dt.time(DIGEST_HOUR), PARIS)


def is_dropped(kind: str, silenced: Iterable[str]) -> bool:
    """A stopped type is not mailed at all; « vous devez agir » then only waits for the digest, since someone must act."""
    return kind != NoticeKind.ACTION and kind in set(silenced)


def by_kind(messages: Iterable[Message]) -> list[tuple[NoticeKind, list[Message]]]:
    """The messages type by type, what asks for an action first."""
    rows = list(messages)
    groups = [(kind, [one for one in rows if one.kind == kind]) for kind in NoticeKind]
    return [(kind, found) for kind, found in groups if found]


def silenced_by(choice: str) -> Sequence[NoticeKind]:
    """The types that a link « ne plus recevoir » stops: one, or all that may be stopped."""
    return STOPPABLE if choice == EVERYTHING else (NoticeKind(choice),)


def typeset(text: str) -> str:
    """French typography line by line: a plain mail keeps its lines, never two blank ones in a row."""
    lines = "\n".join(french(line) for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
