"""The lines of an export of fiches: the columns of an import, then those that only inform; the round trip changes nothing."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from atlaas.choices import OperatorKind, Precision, SheetKind, SheetState
from atlaas.rules.sheet import Content, day
from atlaas.rules.sheet_columns import COLUMNS, INFORMATIVE, SERVICES, label

FIELDS = tuple(COLUMNS)
HEADER = (*(label(name) for name in FIELDS), *INFORMATIVE[:-1])
_LABELS: Mapping[str, Any] = {"kind": SheetKind, "operator": OperatorKind, "precision": Precision}


def line(
    identifier: str,
    content: Content,
    *,
    state: str,
    version: int,
    is_changed: bool,
    saved_on: date,
    names: Mapping[str, str],
) -> list[object]:
    """The cells of one fiche, typed (dates, numbers, truths): each kind of file writes them in its way."""
    values = [identifier, *(_value(name, content[name]) for name in FIELDS[1:])]
    codes: Any = content[SERVICES]
    told = " ; ".join(names.get(code, code) for code in codes)
    return [*values, SheetState(state).label, told, version, is_changed, saved_on]


def _value(name: str, value: Any) -> object:
    if name == SERVICES:
        return " ; ".join(value)
    if name == "links":
        return "\n".join(value)
    if name in _LABELS:
        return _LABELS[name](value).label
    return day(value) if name in {"started_on", "ended_on"} else value


def written(value: object) -> object:
    """A value as a CSV file for a French spreadsheet has it: 31/12/2025, 2,35, oui."""
    if isinstance(value, bool):
        return value
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    return value


EXAMPLE: Mapping[str, object] = {
    "title": "Démonstration : un bus numérique dans les hameaux",
    "summary": "Exemple à remplacer : l’action dite en une phrase.",
    "text": "Exemple à remplacer : le besoin, ce qui a été fait, ce que cela a changé.",
    "kind": SheetKind.INITIATIVE.label,
    "operator": OperatorKind.IN_HOUSE.label,
    "started_on": date(2025, 3, 1),
    "is_running": True,
    "audience": "Habitants éloignés des guichets",
    "links": "https://exemple.fr/bus-numerique",
    "contact_function": "Médiation numérique",
    "contact_email": "numerique@exemple.fr",
}


def example(service: str) -> list[object]:
    """The line « démonstration » of the model file, with a service that exists."""
    return [service if name == SERVICES else EXAMPLE.get(name, "") for name in FIELDS]
