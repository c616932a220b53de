"""The journal of a sitting: each line holds the digest of the line before, so that none can be changed, left out or moved unseen.

The digest of a line is the SHA-256 of its document, canonical JSON (`labels.rules.snapshot`). The journal alone gives back every
decision (`replay`): what the tables say must be equal to it.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jury.choices import EntryKind, ItemState, SittingState
from labels.rules.snapshot import canonical, sha256

FORMAT = 1
KEYS = {"format", "rank", "kind", "previous", "facts"}
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
    told = _read(line.document)
    if told is None:
        return "its document is no line of a journal"
    if (told["rank"], told["kind"]) != (line.rank, line.kind):
        return "its columns do not say what its document says"
    if told["previous"] != previous:
        return "it does not follow the line before"
    return ""


def _read(document: str) -> dict[str, Any] | None:
    """None when it has not the form that `written` gives."""
    try:
        told = json.loads(document)
    except ValueError:
        return None
    return told if isinstance(told, dict) and told.keys() == KEYS and told["format"] == FORMAT else None


@dataclass(slots=True)
class Standing:
    """A dossier as the journal leaves it."""

    state: str = ItemState.WAITING
    level: int | None = None
    is_ten: bool = False
    mentions: tuple[str, ...] = ()
    votes: tuple[int, int, int] | None = None
    reason: str = ""
    proposed: int | None = None
    is_fragile: bool = False


@dataclass(slots=True)
class Replay:
    """The sitting that the journal tells: dossiers by key, who is in the room, who presides in place of, who signed what, the seal."""

    state: str = SittingState.PREPARING
    habits: Mapping[str, Any] = field(default_factory=dict)
    deputy: int | None = None
    items: dict[str, Standing] = field(default_factory=dict)
    present: set[int] = field(default_factory=set)
    signatures: set[tuple[int, str]] = field(default_factory=set)
    seal: str = ""


def replay(lines: Sequence[Line]) -> Replay:
    told = Replay()
    for line in lines:
        _take(told, line.kind, json.loads(line.document)["facts"])
    return told


def _take(told: Replay, kind: str, facts: Mapping[str, Any]) -> None:
    match kind:
        case EntryKind.OPENED:
            told.state, told.habits = SittingState.OPEN, facts["habits"]
            told.present = {one["juror"] for one in facts["present"]}
            told.items = {one["dossier"]: Standing() for one in facts["agenda"]}
        case EntryKind.CLOSED:
            told.state, told.present = SittingState.CLOSED, set()
        case EntryKind.DEPUTY:
            told.deputy = facts["juror"]
        case EntryKind.SIGNED:
            told.signatures.add((facts["by"], facts["sha256"]))
        case EntryKind.SEALED:
            told.seal = facts["sha256"]
        case EntryKind.ARRIVED | EntryKind.LEFT:
            _move(told.present, kind, facts["juror"])
        case EntryKind.MOVED:
            for one in facts["moves"]:
                told.items[one["dossier"]].level = one["after"]
        case _ if "dossier" in facts:
            _take_dossier(told, kind, facts)


def _take_dossier(told: Replay, kind: str, facts: Mapping[str, Any]) -> None:
    if kind == EntryKind.ADDED:
        told.items[facts["dossier"]] = Standing()
    else:
        _take_item(told.items[facts["dossier"]], kind, facts)


def _move(present: set[int], kind: str, juror: int) -> None:
    if kind == EntryKind.ARRIVED:
        present.add(juror)
    else:
        present.discard(juror)


def _take_item(item: Standing, kind: str, facts: Mapping[str, Any]) -> None:
    match kind:
        case EntryKind.CALLED:
            item.state = ItemState.CALLED
        case EntryKind.POSTPONED:
            item.state = ItemState.WAITING
        case EntryKind.ENDED:
            item.state = ItemState.ENDED
        case EntryKind.UNDONE:
            _undo(item, ItemState.CALLED, "")
        case EntryKind.SET_ASIDE:
            _undo(item, ItemState.ASIDE, facts["reason"])
        case EntryKind.DECIDED | EntryKind.CORRECTED:
            _decide(item, kind, facts)


def _undo(item: Standing, state: str, reason: str) -> None:
    item.state, item.level, item.is_ten = state, None, False
    item.mentions, item.votes, item.reason = (), None, reason


def _decide(item: Standing, kind: str, facts: Mapping[str, Any]) -> None:
    item.level, item.is_ten, item.reason = facts["level"], facts["is_ten"], facts["reason"]
    item.mentions = tuple(facts["mentions"])
    votes = facts["votes"]
    item.votes = (votes["for"], votes["against"], votes["abstentions"])
    if kind == EntryKind.CORRECTED:
        item.state = ItemState.ENDED
        return
    evidence = facts["evidence"]
    fragile = evidence["fragile"]
    item.state, item.proposed = ItemState.DECIDED, evidence["proposed"]
    item.is_fragile = bool(fragile and fragile["is_fragile"])
