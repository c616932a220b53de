"""A dossier as it was filed, read from its document alone: nothing that lives on is shown to a juror."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from labels.rules.clock_words import day_words
from labels.rules.mosaic import Mosaic, from_json
from labels.rules.revision import LABELS, words_of

Content = Mapping[str, Any]
# Fields of a fiche told in a list below its story; who to write to is no matter of a jury.
APART = (
    "title",
    "summary",
    "text",
    "contact_function",
    "contact_email",
    "lon",
    "lat",
    "precision",
    "inspired_by",
)
ELSEWHERE = "Hors du référentiel de l’édition"
REST = {field: label for field, label in LABELS.items() if field not in APART}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the filed questionnaire, with what was answered in words ("" : nothing)."""

    code: str
    section: str
    text: str
    told: str


@dataclass(frozen=True, slots=True)
class FiledSheet:
    """A fiche as it was filed; two with the same digest tell the same."""

    id: str
    digest: str
    content: Content
    is_flagship: bool

    @property
    def title(self) -> str:
        return str(self.content["title"])

    @property
    def summary(self) -> str:
        return str(self.content["summary"])

    @property
    def is_running(self) -> bool:
        return bool(self.content["is_running"])

    @property
    def services(self) -> Sequence[str]:
        return list(self.content["services"])

    def facts(self, names: Mapping[str, str]) -> list[tuple[str, str]]:
        """What it tells beside its title, summary and story: label and words; `names` of services by code."""
        told = [(label, words_of(field, self.content.get(field), names)) for field, label in REST.items()]
        return [one for one in told if one[1]]


@dataclass(frozen=True, slots=True)
class Dossier:
    """What one filing holds of use to a juror; old documents may lack a part."""

    number: str
    year: int
    name: str
    population: int | None
    counted_on: date | None
    people: Sequence[tuple[str, str]]
    mayor_word: str
    answers: Sequence[Asked]
    sheets: Mapping[str, FiledSheet]
    taken_out: frozenset[str]
    mosaic: Mosaic
    covered: frozenset[str]
    steps: Sequence[tuple[int, int]]

    @property
    def counted(self) -> str:
        """When its fiches were counted."""
        return f"le {day_words(self.counted_on)}, au dépôt" if self.counted_on else "au dépôt"

    @property
    def service_names(self) -> dict[str, str]:
        return {tile.code: tile.name for tile in self.mosaic.tiles}

    def in_order(self) -> list[FiledSheet]:
        """Put forward ones first, then by title."""
        return sorted(self.sheets.values(), key=lambda one: (not one.is_flagship, one.title, one.id))


@dataclass(frozen=True, slots=True)
class Placed:
    """A fiche under the first enjeu it speaks of, with the names of the others."""

    sheet: FiledSheet
    also: Sequence[str]


@dataclass(frozen=True, slots=True)
class EnjeuSheets:
    name: str
    sheets: Sequence[Placed]


def read(document: str) -> Dossier:
    """Read a canonical document (`labels.rules.snapshot`)."""
    facts: Mapping[str, Any] = json.loads(document)
    place, day = facts.get("collectivity", {}), facts.get("counted_on")
    mosaic = from_json(facts.get("mosaic", {"families": ()}))
    return Dossier(
        number=facts.get("number", ""),
        year=facts.get("edition", {}).get("year", 0),
        name=place.get("name", ""),
        population=place.get("population"),
        counted_on=date.fromisoformat(day) if day else None,
        people=_people(facts.get("people", {})),
        mayor_word=facts.get("mayor_word", ""),
        answers=_answers(facts),
        sheets=_sheets(facts),
        taken_out=frozenset(facts.get("taken_out", ())),
        mosaic=mosaic,
        covered=frozenset(tile.code for tile in mosaic.tiles if tile.count),
        steps=_steps(facts.get("rulebook", {})),
    )


def merged(dossiers: Sequence[Dossier]) -> Dossier | None:
    """What several collectivités filed before they became one: all their fiches and services; the first one's words."""
    if len(dossiers) < 2:
        return next(iter(dossiers), None)
    sheets = {key: one for dossier in reversed(dossiers) for key, one in dossier.sheets.items()}
    names = " et ".join(one.name for one in dossiers)
    covered = frozenset().union(*(one.covered for one in dossiers))
    return replace(dossiers[0], name=names, sheets=sheets, covered=covered)


def by_enjeu(dossier: Dossier) -> list[EnjeuSheets]:
    """Its fiches, each once, in the order of its mosaic; those of no known service last."""
    names = {tile.code: enjeu.name for enjeu in dossier.mosaic.enjeux for tile in enjeu.tiles}
    order = {name: at for at, name in enumerate([*dict.fromkeys(names.values()), ELSEWHERE])}
    groups: dict[str, list[Placed]] = {name: [] for name in order}
    for one in dossier.in_order():
        told = {names[code] for code in one.services if code in names} or {ELSEWHERE}
        first, *others = sorted(told, key=order.__getitem__)
        groups[first].append(Placed(one, others))
    return [EnjeuSheets(name, rows) for name, rows in groups.items() if rows]


def _people(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Who carries it, with their function; the mailbox is no matter of a jury."""
    told = [(facts.get(f"{one}_name", ""), facts.get(f"{one}_function", "")) for one in ("elected", "agent")]
    return [one for one in told if one[0]]


def _answers(facts: Mapping[str, Any]) -> list[Asked]:
    answers = facts.get("answers", {})
    return [
        Asked(one["code"], one["section"], one["text"], _told(answers.get(one["code"])))
        for one in facts.get("questions", ())
    ]


def _told(answer: object) -> str:
    if isinstance(answer, list):
        return " · ".join(map(str, answer))
    return "" if answer is None else str(answer)


def _sheets(facts: Mapping[str, Any]) -> dict[str, FiledSheet]:
    flagships = set(facts.get("flagships", ()))
    rows = facts.get("sheets", ())
    return {
        one["id"]: FiledSheet(one["id"], one["digest"], one["content"], one["id"] in flagships)
        for one in rows
    }


def _steps(book: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Services and enjeux that each level asks, from 1 to 5 @, as the rulebook had them at the filing."""
    return list(zip(book.get("service_steps", ()), book.get("enjeu_steps", ()), strict=False))
