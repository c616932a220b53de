"""What a table of fiches would do: each line is read, met with the fiches that stand, and judged, before anything is written.

A line is kept as JSON in `SheetImport.lines`:
`line` its number in the file · `cells` as they were read (None: a formula) · `title` · `facts` the fields of
`rules.sheet.FACTS` that it gives · `services` codes, or None when the column is not there · `problems` [{field, sentence}],
all that keeps it from being imported · `missing` sentences, what keeps it from being published · `verdict` and `choice`
(see below) · `sheet`, `version` the fiche it meets, as it was read,
and whether `by_identifier` · `changes` fields that would change · `reason` why the
line is passed over · `outcome` what became of it, once imported.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from atlaas.choices import OperatorKind, Precision, SheetKind
from atlaas.rules.sheet import FACTS, Content, problems
from atlaas.rules.sheet_cells import LONGEST, PARSERS
from atlaas.rules.sheet_columns import IDENTIFIER, SERVICES
from atlaas.rules.sheet_services import Services
from atlaas.rules.table import plain_text
from atlaas.rules.text import fold
from atlaas.rules.uploaded_table import Cell, Line

CREATE, UPDATE, SKIP, ERROR = "create", "update", "skip", "error"
VERDICTS = {CREATE: "à créer", UPDATE: "à modifier", SKIP: "à ignorer", ERROR: "à corriger"}
FORMULA = "La cellule contient une formule : remplacez-la par sa valeur (copier, puis coller les valeurs)."
SHOWN_FORMULA = "(formule)"  # what stands for a formula in the annotated file
KEPT_WHEN_EMPTY = ("kind", "operator", "precision")

ReadLine = dict[str, Any]


@dataclass(frozen=True)
class KnownSheet:
    """A fiche that stands: its working copy, and whether its title alone may name it (an archived one is past)."""

    pk: str
    version: int
    is_archived: bool
    content: Content


@dataclass
class Judge:
    """Reads the lines of one file in turn, and remembers which fiches and titles were met already."""

    places: Mapping[str, int]
    services: Services
    known: Iterable[KnownSheet]
    today: date
    met: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_pk = {sheet.pk: sheet for sheet in self.known}
        self.by_title: dict[str, list[KnownSheet]] = {}
        for sheet in self.by_pk.values():
            if not sheet.is_archived:
                self.by_title.setdefault(fold(str(sheet.content["title"])), []).append(sheet)

    def judge(self, line: Line) -> ReadLine:
        """The line as JSON, with its verdict and all its problems."""
        found: list[dict[str, str]] = []
        values, given = self._values(line, found)
        sheet = self._sheet(values, found)
        self._meet_once(line.number, values, sheet, found)
        facts = completed(values, given, sheet, self.today)
        services = values.get(SERVICES)
        merged = _merged(facts, services, sheet)
        changes = _changes(merged, sheet.content) if sheet else []
        if changes or not sheet:
            _check(merged, values, self.today, found)
        verdict, reason = _verdict(found, sheet, changes)
        return {
            "line": line.number,
            "cells": list(line.cells),
            "title": str(merged["title"]) or self._written_title(line),
            "facts": facts,
            "services": services,
            "problems": found,
            "missing": [one.sentence for one in problems(merged, today=self.today)] if not found else [],
            "verdict": verdict,
            "choice": SKIP if verdict == ERROR else verdict,
            "sheet": sheet.pk if sheet else None,
            "version": sheet.version if sheet else None,
            "by_identifier": bool(values.get(IDENTIFIER)),
            "changes": changes,
            "reason": reason,
            "outcome": "",
        }

    def _values(self, line: Line, found: list[dict[str, str]]) -> tuple[dict[str, Any], set[str]]:
        """The value of each column that is well written, and the fields whose cell is not empty."""
        values, given = {}, set()
        for name, place in self.places.items():
            cell = line.cells[place] if place < len(line.cells) else ""
            try:
                values[name] = self._value(name, cell)
            except ValueError as error:
                _tell(found, name, str(error))
            if cell is None or cell.strip():
                given.add(name)
        return values, given

    def _value(self, name: str, cell: Cell) -> object:
        if cell is None or cell == SHOWN_FORMULA:
            raise ValueError(FORMULA)
        text = plain_text(cell.strip())
        return self.services.read(text) if name == SERVICES else PARSERS[name](text)

    def _written_title(self, line: Line) -> str:
        """What stands in the cell of a title that is refused, to know the line by."""
        place = self.places.get("title", len(line.cells))
        return (line.cells[place] or "")[:60] if place < len(line.cells) else ""

    def _sheet(self, values: Mapping[str, Any], found: list[dict[str, str]]) -> KnownSheet | None:
        """The fiche of that identifier, else the one of that title; a doubt is a problem, never a guess."""
        if pk := values.get(IDENTIFIER):
            if pk not in self.by_pk:
                _tell(
                    found,
                    IDENTIFIER,
                    "Aucune fiche de votre collectivité n’a cet identifiant : videz la cellule pour créer la fiche.",
                )
            return self.by_pk.get(pk)
        same = self.by_title.get(fold(values.get("title", "")), [])
        if len(same) > 1:
            _tell(
                found,
                "title",
                f"{len(same)} de vos fiches portent ce titre : ajoutez l’identifiant de celle à modifier.",
            )
        return same[0] if len(same) == 1 and same[0].content["title"] else None

    def _meet_once(
        self, number: int, values: Mapping[str, Any], sheet: KnownSheet | None, found: list[dict[str, str]]
    ) -> None:
        key = sheet.pk if sheet else fold(values.get("title", ""))
        if not key:
            return
        first = self.met.setdefault(key, number)
        if first != number:
            where = IDENTIFIER if sheet and values.get(IDENTIFIER) else "title"
            what = "La même fiche est déjà" if sheet else "Le même titre est déjà"
            _tell(found, where, f"{what} à la ligne {first} : gardez l’une des deux lignes.")


def extra_cells(line: Line, width: int) -> str:
    """The sentence about cells beyond the header, empty when there are none."""
    extra = [cell for cell in line.cells[width:] if cell is None or cell.strip()]
    return (
        f"{len(extra)} cellule(s) dépassent les en-têtes : une virgule ou un point-virgule de trop ?"
        if extra
        else ""
    )


def _tell(found: list[dict[str, str]], name: str, sentence: str) -> None:
    found.append({"field": name, "sentence": sentence})


def completed(
    values: Mapping[str, Any], given: set[str], sheet: KnownSheet | None, today: date
) -> dict[str, Any]:
    """The fields that the line gives, and those that follow from them; a new fiche gets every field."""
    facts = {name: values[name] for name in FACTS if name in values}
    if sheet:
        for name in KEPT_WHEN_EMPTY:
            if name not in given:
                facts.pop(name, None)
    else:
        facts = blank() | facts
    if ("is_running" in facts and "is_running" not in given) or (not sheet and "is_running" not in values):
        facts["is_running"] = not facts.get("ended_on") or facts["ended_on"] >= today.isoformat()
    moved = not sheet or any(name in facts and facts[name] != sheet.content[name] for name in ("lon", "lat"))
    if moved and not facts.get("precision"):
        facts["precision"] = Precision.PIN if facts.get("lon") is not None else Precision.CENTRE
    return facts


def blank() -> dict[str, Any]:
    """The fields of a fiche of which nothing is said."""
    return dict.fromkeys(LONGEST, "") | {
        "kind": str(SheetKind.INITIATIVE),
        "operator": str(OperatorKind.IN_HOUSE),
        "started_on": None,
        "ended_on": None,
        "is_running": True,
        "lon": None,
        "lat": None,
        "precision": "",
        "links": [],
    }


def _merged(
    facts: Mapping[str, Any], services: Sequence[str] | None, sheet: KnownSheet | None
) -> dict[str, Any]:
    before: Mapping[str, Any] = sheet.content if sheet else blank() | {SERVICES: []}
    return dict(before) | dict(facts) | ({} if services is None else {SERVICES: services})


def _check(
    merged: Mapping[str, Any], values: Mapping[str, Any], today: date, found: list[dict[str, str]]
) -> None:
    """What contradicts itself is an error at once; what is only missing waits for the publication."""
    wrong = {one["field"] for one in found}
    if not merged["title"] and not wrong & {"title", IDENTIFIER}:
        _tell(found, "title", "Donnez un titre à la fiche.")
    if (merged["lon"] is None) != (merged["lat"] is None) and not wrong & {"lon", "lat"}:
        _tell(found, "lon", "Un point demande la longitude et la latitude : donnez les deux, ou aucune.")
    if not wrong & {"started_on", "ended_on", "is_running"} and {
        "started_on",
        "ended_on",
        "is_running",
    } & set(values):
        for one in problems(merged, today=today):
            if one.field == "ended_on":
                _tell(found, one.field, one.sentence)


def _changes(merged: Mapping[str, Any], before: Content) -> list[str]:
    return [name for name in (*FACTS, SERVICES) if merged[name] != tidy(name, before[name])]


def tidy(name: str, value: object) -> object:
    """A stored value as a cell would give it back: a stray space or line end is no change."""
    if not isinstance(value, str):
        return value
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    return " ".join(text.split()) if name in LONGEST and name != "text" else text


def _verdict(found: Sequence[object], sheet: KnownSheet | None, changes: Sequence[str]) -> tuple[str, str]:
    if found:
        return ERROR, ""
    if sheet is None:
        return CREATE, ""
    return (UPDATE, "") if changes else (SKIP, "Identique à la fiche enregistrée.")


def may_choose(line: ReadLine) -> tuple[str, ...]:
    """What a person may choose for a line, the proposal first."""
    choices = {CREATE: (CREATE, SKIP), UPDATE: (UPDATE, SKIP), SKIP: (SKIP,), ERROR: (SKIP,)}
    by_title = line["verdict"] == UPDATE and not line["by_identifier"]
    return (UPDATE, CREATE, SKIP) if by_title else choices[line["verdict"]]
