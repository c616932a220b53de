"""The file of a référentiel: familles, enjeux and services in their order, and what its lines must agree on."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from atlaas.rules import cells
from atlaas.rules.reading import Column, Problem, Row
from atlaas.rules.text import slug, typographic

_CODE = cells.code(r"[A-Z]{2,4}(-[0-9]{2,3})?", "a code such as SPU or SPU-01")
_CODES = re.compile(r"[A-Z]{2,4}-[0-9]{2,3}(\s+[A-Z]{2,4}-[0-9]{2,3})*", re.ASCII)


def _replaced(cell: str) -> tuple[str, ...]:
    if cell and not _CODES.fullmatch(cell):
        raise ValueError(f"{cell!r:.60} is not a list of codes apart by spaces")
    return tuple(cell.split())


REFERENTIAL = (
    Column("famille", cells.text(120)),
    Column("enjeu_code", _CODE),
    Column("enjeu", cells.text(120)),
    Column("service_code", _CODE),
    Column("service", cells.text(200)),
    Column("service_atteste", cells.yes_no),
    Column("enjeu_atteste", cells.yes_no),
    Column("rattachement_atteste", cells.yes_no),
    Column("remplace", _replaced, required=False, optional=True),
)


@dataclass(frozen=True)
class EnjeuLine:
    """What every line of one enjeu says alike."""

    code: str
    name: str
    family: str
    is_attested: bool
    family_is_attested: bool

    @classmethod
    def of(cls, row: Row) -> "EnjeuLine":
        return cls(
            row["enjeu_code"],
            typographic(row["enjeu"]),
            typographic(row["famille"]),
            row["enjeu_atteste"],
            row["rattachement_atteste"],
        )


def families(rows: Iterable[Row]) -> list[str]:
    """The names of the familles, in the order of the file."""
    return list(dict.fromkeys(typographic(row["famille"]) for row in rows))


def enjeux(rows: Iterable[Row]) -> list[EnjeuLine]:
    """The enjeux in the order of the file, once `disagreements` found nothing."""
    return list({row["enjeu_code"]: EnjeuLine.of(row) for row in rows}.values())


def disagreements(rows: Sequence[Row], *, file: str) -> Iterator[Problem]:
    """An enjeu says the same on each of its lines; names differ once folded (an apostrophe makes no other name)."""
    first: dict[str, tuple[EnjeuLine, int]] = {}
    for row in rows:
        line = EnjeuLine.of(row)
        known, at = first.setdefault(line.code, (line, row.line))
        if known != line:
            yield Problem(row.line, f"the enjeu {line.code} is not told as at line {at}", file)
    yield from _same_names(((row, slug(row["service"])) for row in rows), "service", file)
    by_enjeu = {row["enjeu_code"]: row for row in reversed(rows)}
    yield from _same_names(((row, slug(row["enjeu"])) for row in by_enjeu.values()), "enjeu", file)
    by_family = {typographic(row["famille"]): row for row in reversed(rows)}
    yield from _same_names(((row, slug(row["famille"])) for row in by_family.values()), "famille", file)


def _same_names(named: Iterable[tuple[Row, str]], column: str, file: str) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row, name in sorted(named, key=lambda pair: pair[0].line):
        at = first.setdefault(name, row.line)
        if at != row.line:
            yield Problem(row.line, f"column {column}: {row[column]} is named already at line {at}", file)


@dataclass(frozen=True)
class Known:
    """A service as it stands before an import; the years are those of its first and last edition."""

    code: str
    first_year: int
    last_year: int | None


def version_problems(
    rows: Sequence[Row], known: Iterable[Known], *, year: int, file: str
) -> Iterator[Problem]:
    """Référentiels come in the order of the years, and a code never comes back with another meaning.

    A service that the référentiel of the year before still held may come back: it was left out by mistake.
    """
    before = {service.code: service for service in known}
    if later := sorted(
        one.code for one in before.values() if one.first_year > year or (one.last_year or 0) >= year
    ):
        yield Problem(
            0, f"a référentiel after {year} is loaded already ({later[0]}): load them in order", file
        )
        return
    held = {row["service_code"] for row in rows}
    for row in rows:
        service = before.get(row["service_code"])
        if service and service.last_year is not None and service.last_year < year - 1:
            ended = f"{service.code} ended with {service.last_year}"
            yield Problem(row.line, f"{ended}: a new meaning takes a new code", file)
        for old in row["remplace"]:
            if old not in before:
                yield Problem(row.line, f"column remplace: {old} is no service", file)
            elif old in held:
                yield Problem(row.line, f"column remplace: {old} is still in this file", file)
