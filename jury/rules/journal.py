"""The journal of a sitting: each line holds the digest of the line before, so that none can be changed, left out or moved unseen.

The digest of a line is the SHA-256 of its document, canonical JSON (`labels.rules.snapshot`). The journal alone gives back every
decision (`replay`): what the tables say must be equal to it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jury.choices import EntryKind, ItemState
from labels.rules.snapshot import canonical, sha256

FORMAT = 1
BEGINNING = "0" * 64  # what stands for the line before the first


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is stored."""

    rank: int
    kind: str
    document: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Break:
    """The first line that does not hold, and why."""

    rank: int
    why: str


def written(*, rank: int, kind: str, previous: str, facts: Mapping[str, object]) -> Line:
    """The line that follows `previous`, the digest of the one before."""
    document = canonical({"format": FORMAT, "rank": rank, "kind": kind, "previous": previous, "facts": facts})
    return Line(rank, kind, document, sha256(document))


def first_break(lines: Iterable[Line]) -> Break | None:
    """None when every line holds: digests, ranks from 1 without a hole, each bound to the one before."""
    previous, expected = BEGINNING, 1
    for line in lines:
        if why := _broken(line, expected, previous):
            return Break(line.rank, why)
        previous, expected = line.sha256, expected + 1
    return None


def _broken(line: Line, expected: int, previous: str) -> str:
    if line.rank != expected:
        return f"rank {expected} is missing"
    if sha256(line.document) != line.sha256:
        return "its document is not the one that was hashed"
    told = json.loads(line.document)
    if (told["rank"], told["kind"]) != (line.rank, line.kind):
        return "its columns do not say what its document says"
    if told["previous"] != previous:
        return "it does not follow the line before"
    return ""


@dataclass(slots=True)
class Standing:
    """A dossier as the journal leaves it."""

    state: str = ItemState.WAITING
    level: int | None = None
    is_ten: bool = False
    mentions: tuple[str, ...] = ()
    votes: tuple[int, int, int] | None = None


@dataclass(slots=True)
class Replay:
    """The sitting that the journal tells: dossiers by key, and who is in the room."""

    is_open: bool = False
    items: dict[str, Standing] = field(default_factory=dict)
    present: set[int] = field(default_factory=set)


def replay(lines: Sequence[Line]) -> Replay:
    told = Replay()
    for line in lines:
        _take(told, line.kind, json.loads(line.document)["facts"])
    return told


def _take(told: Replay, kind: str, facts: Mapping[str, Any]) -> None:
    match kind:
        case EntryKind.OPENED:
            told.is_open, told.present = True, {one["juror"] for one in facts["present"]}
            told.items = {one["dossier"]: Standing() for one in facts["agenda"]}
        case EntryKind.CLOSED:
            told.is_open = False
        case EntryKind.ARRIVED:
            told.present.add(facts["juror"])
        case EntryKind.LEFT:
            told.present.discard(facts["juror"])
        case EntryKind.MOVED:
            for one in facts["moves"]:
                told.items[one["dossier"]].level = one["after"]
        case _ if "dossier" in facts:
            _take_item(told.items[facts["dossier"]], kind, facts)


def _take_item(item: Standing, kind: str, facts: Mapping[str, Any]) -> None:
    match kind:
        case EntryKind.CALLED:
            item.state = ItemState.CALLED
        case EntryKind.POSTPONED:
            item.state = ItemState.WAITING
        case EntryKind.ENDED:
            item.state = ItemState.ENDED
        case EntryKind.UNDONE:
            item.state, item.level, item.is_ten, item.mentions, item.votes = (
                ItemState.CALLED,
                None,
                False,
                (),
                None,
            )
        case EntryKind.DECIDED | EntryKind.CORRECTED:
            item.state = ItemState.DECIDED if kind == EntryKind.DECIDED else ItemState.ENDED
            item.level, item.is_ten = facts["level"], facts["is_ten"]
            item.mentions = tuple(facts["mentions"])
            votes = facts["votes"]
            item.votes = (votes["for"], votes["against"], votes["abstentions"])
