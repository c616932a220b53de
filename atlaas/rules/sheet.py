"""The life of a fiche, what it must say before it is published, and what makes two versions differ."""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from atlaas.choices import OperatorKind, Role, SheetState
from atlaas.rules.refusal import Refused

# Every field that is published, in the order people fill them in; `services` holds codes, `attachments` dictionaries
# (id, kind, name, alt, size, width, height), `inspired_by` the identifier of a fiche or None, dates are ISO text.
FACTS = (
    "title",
    "summary",
    "text",
    "kind",
    "operator",
    "operator_name",
    "started_on",
    "ended_on",
    "is_running",
    "audience",
    "partners",
    "address",
    "lon",
    "lat",
    "precision",
    "links",
    "contact_function",
    "contact_email",
)
CONTENT_FIELDS = (*FACTS, "services", "attachments", "inspired_by")
# Saying that an action goes on, or when it ended, is no modification of what the fiche tells.
STATUS_FIELDS = ("is_running", "ended_on")

Content = Mapping[str, object]

# state → step → state; a step that is not here is refused.
STEPS: Mapping[str, Mapping[str, str]] = {
    SheetState.DRAFT: {"publish": SheetState.PUBLISHED},
    SheetState.PUBLISHED: {
        "publish": SheetState.PUBLISHED,
        "archive": SheetState.ARCHIVED,
        "withdraw": SheetState.WITHDRAWN,
    },
    SheetState.ARCHIVED: {"publish": SheetState.PUBLISHED},
    # Nothing but a decision of the association leads out of a withdrawal: an archived fiche is published again at will.
    SheetState.WITHDRAWN: {"lift": SheetState.PUBLISHED},
}
NAMES = {"publish": "publier", "archive": "archiver", "withdraw": "retirer", "lift": "rétablir"}
RANKS = {Role.CONTRIBUTOR: 1, Role.PUBLISHER: 2, Role.MANAGER: 3}


def next_state(state: str, step: str) -> str:
    """The state after a step; `Refused` when the fiche cannot take it from where it stands."""
    try:
        return STEPS[state][step]
    except KeyError:
        raise Refused(
            f"On ne peut pas {NAMES.get(step, step)} une fiche qui est « {SheetState(state).label} »."
        ) from None


def covers(role: str, needed: str) -> bool:
    """Whether a role may what `needed` may: a responsable publishes, a valideur edits."""
    return RANKS[Role(role)] >= RANKS[Role(needed)]


@dataclass(frozen=True)
class Problem:
    """Something to mend before publishing: which field, and a French sentence that says how."""

    field: str
    sentence: str


def problems(content: Content, *, today: date) -> list[Problem]:
    """Everything that keeps a fiche from being published, in the order of the form."""
    return [*_missing(content), *_dates(content, today), *_operator(content)]


def _missing(content: Content) -> list[Problem]:
    wanted = (
        ("title", "Donnez un titre à la fiche."),
        ("summary", "Dites l’action en une phrase."),
        ("text", "Racontez l’action : le besoin, ce qui a été fait, ce que cela a changé."),
        ("services", "Choisissez au moins un service du référentiel : c’est lui qui fait compter la fiche."),
    )
    return [Problem(field, sentence) for field, sentence in wanted if not content[field]]


def _dates(content: Content, today: date) -> list[Problem]:
    started, ended = day(content["started_on"]), day(content["ended_on"])
    found = []
    if started and ended and ended < started:
        found.append(Problem("ended_on", "La fin précède le début : corrigez l’une des deux dates."))
    if content["is_running"] and ended and ended < today:
        found.append(
            Problem(
                "ended_on", "Une action toujours en cours n’a pas de fin passée : ôtez la date ou la coche."
            )
        )
    if not content["is_running"] and not ended:
        found.append(Problem("ended_on", "Dites quand l’action a pris fin, ou cochez « toujours en cours »."))
    return found


def _operator(content: Content) -> list[Problem]:
    if content["operator"] == OperatorKind.IN_HOUSE or content["operator_name"]:
        return []
    return [Problem("operator_name", "Nommez l’association ou le délégataire qui conduit l’action.")]


def tidy(value: object) -> object:
    """Text as PostgreSQL and JSON can keep it: line ends of Unix, no control sign (NUL first), no half of a character."""
    if not isinstance(value, str):
        return value
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"})


def day(value: object) -> date | None:
    """Read an ISO date of a content, or the date itself."""
    if isinstance(value, date) or value is None:
        return value
    return date.fromisoformat(str(value)) if value else None


def digest(content: Content) -> str:
    """SHA-256 of what a fiche tells: two versions with the same digest only confirm each other."""
    told = {field: content[field] for field in CONTENT_FIELDS if field not in STATUS_FIELDS}
    line = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(line.encode()).hexdigest()
