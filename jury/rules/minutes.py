"""The minutes of a sitting, made of its journal and of nothing else: what is not in the journal did not happen."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jury.choices import EntryKind
from jury.rules.journal import BEGINNING, Line
from jury.rules.spread import by_level

FORMAT = 1
ASIDE = {EntryKind.SIGNED, EntryKind.NAMES, EntryKind.SEALED}

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature: by the account `by`, of the text of that digest."""

    by: int
    sha256: str
    document: Facts


def minutes(lines: Sequence[Line], *, year: int) -> Facts:
    """The document whose digest is signed; signatures and the seal, which come after it, are no part of it; corrections are."""
    told = [one for one in lines if one.kind not in ASIDE]
    points: dict[str, Facts] = {}
    document: Facts = {
        "format": FORMAT,
        "edition": year,
        "opened_at": None,
        "closed_at": None,
        "presences": [],
        "deputies": [],
        "points": [],
        "journal": {"lines": len(told), "sha256": told[-1].sha256 if told else BEGINNING},
    }
    for line in told:
        _take(document, points, line.kind, json.loads(line.document)["facts"])
    document["points"] = [one for one in points.values() if one["called_at"] or one["set_aside"]]
    for rank, one in enumerate(document["points"], 1):
        one["rank"] = rank
    document["distribution"] = distribution(document["points"])
    return document


def distribution(points: Iterable[Mapping[str, Any]]) -> dict[str, list[int]]:
    """By category, how many decisions at each of 1 to 5 @."""
    levels: dict[str, list[int]] = {}
    for one in points:
        if one["decision"]:
            levels.setdefault(one["category"], []).append(one["decision"]["level"])
    return {category: list(by_level(found)) for category, found in sorted(levels.items())}


def seen_by(document: Facts, may_see: Callable[[str], bool]) -> Facts:
    """The minutes as a member gets them before the palmarès: byte for byte those of a sitting that never heard of the rest.

    No member gets how long the journal is nor its digest, tied to a dossier or not: who lacked them would know that
    something was left out.
    """
    points = [dict(one) for one in document["points"] if may_see(one["dossier"])]
    for rank, one in enumerate(points, 1):
        one["rank"] = rank
    told = {name: facts for name, facts in document.items() if name != "journal"}
    return told | {"points": points, "distribution": distribution(points)}


def signed_texts(lines: Sequence[Line], *, year: int) -> list[Signed]:
    """The signatures in order, each with the minutes as they were when it was given."""
    found = []
    for rank, line in enumerate(lines):
        if line.kind == EntryKind.SIGNED:
            facts = json.loads(line.document)["facts"]
            found.append(Signed(facts["by"], facts["sha256"], minutes(lines[:rank], year=year)))
    return found


def _take(document: Facts, points: dict[str, Facts], kind: str, facts: Facts) -> None:
    match kind:
        case EntryKind.OPENED:
            document["opened_at"] = facts["at"]
            document["presences"] += [_came(one, facts["at"]) for one in facts["present"]]
            points |= {one["dossier"]: _point(one) for one in facts["agenda"]}
        case EntryKind.CLOSED:
            document["closed_at"] = facts["at"]
            for one in document["presences"]:
                one["until"] = one["until"] or facts["at"]
        case EntryKind.ARRIVED:
            document["presences"].append(_came(facts, facts["at"]))
        case EntryKind.LEFT:
            inside = [one for one in document["presences"] if _is(one, facts) and not one["until"]]
            inside[0]["until"] = facts["at"]
        case EntryKind.DEPUTY:
            document["deputies"].append({"name": facts["name"], "at": facts["at"]})
        case EntryKind.MOVED:
            for one in facts["moves"]:
                _move(points[one["dossier"]], one, facts)
        case EntryKind.ADDED:
            point = points.setdefault(facts["dossier"], _point(facts))
            point["added_at"].append(facts["at"])
        case _:
            _take_point(points[facts["dossier"]], kind, facts)


def _take_point(point: Facts, kind: str, facts: Facts) -> None:
    match kind:
        case EntryKind.CALLED:
            point["called_at"] = facts["at"]
            point["present"], point["recused"] = _names(facts["present"]), _names(facts["recused"])
        case EntryKind.POSTPONED:
            point["postponed_at"].append(facts["at"])
        case EntryKind.DECIDED:
            point["present"], point["recused"] = _names(facts["present"]), _names(facts["recused"])
            point["proposed"], point["reasons"] = facts["evidence"]["proposed"], facts["evidence"]["reasons"]
            point["filing"] = facts["evidence"]["filing"]
            point["decision"] = _decision(facts)
        case EntryKind.UNDONE:
            _undo(point, facts)
        case EntryKind.SET_ASIDE:
            _undo(point, facts)
            point["set_aside"].append({"reason": facts["reason"], "at": facts["at"]})
        case EntryKind.ENDED:
            point["ended_at"] = facts["at"]
        case EntryKind.CORRECTED:
            before, point["decision"] = point["decision"], _decision(facts)
            point["corrections"].append({"before": before, "reason": facts["reason"], "at": facts["at"]})


def _undo(point: Facts, facts: Facts) -> None:
    if point["decision"]:
        point["undone"].append(point["decision"] | {"undone_at": facts["at"]})
    point["decision"] = None


def _move(point: Facts, one: Facts, facts: Facts) -> None:
    told = {"before": one["before"], "after": one["after"], "reason": facts["reason"], "at": facts["at"]}
    point["moves"].append(told)
    point["decision"] = point["decision"] | {"level": one["after"]}


def _point(one: Facts) -> Facts:
    named = {key: one[key] for key in ("dossier", "name", "code", "category")}
    return named | {
        "added_at": [],
        "called_at": None,
        "ended_at": None,
        "present": [],
        "recused": [],
        "filing": None,
        "proposed": None,
        "reasons": [],
        "decision": None,
        "undone": [],
        "postponed_at": [],
        "set_aside": [],
        "moves": [],
        "corrections": [],
    }


def _decision(facts: Facts) -> Facts:
    return {key: facts[key] for key in ("level", "is_ten", "mentions", "votes", "reason", "at", "by_name")}


def _came(one: Facts, at: str) -> Facts:
    return {"juror": one["juror"], "name": one["name"], "since": at, "until": None}


def _is(one: Facts, facts: Facts) -> bool:
    return bool(one["juror"] == facts["juror"])


def _names(people: Iterable[Facts]) -> list[str]:
    return [str(one["name"]) for one in people]
