"""Read a CSV file whose columns are declared: every error of the file at once, each with its line number.

One reader for all the imports. What it answers has been checked: UTF-8 without control nor invisible signs, NFC, the
columns that were declared and no other, each cell parsed (`rules/cells.py`).
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

LONGEST_CELL = 20_000
MOST_PROBLEMS = 1_000  # a wrong file is wrong on every line: beyond, the list helps nobody

Parser = Callable[[str], Any]
Report = Callable[[int, str], None]


@dataclass(frozen=True)
class Problem:
    """Something wrong, and where; line 0 is the file as a whole."""

    line: int
    message: str
    file: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}: " if self.line else ""
        return f"{self.file}: {place}{self.message}" if self.file else f"{place}{self.message}"


class Rejected(Exception):
    """A file that is not loaded, with all that is wrong in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Column:
    """A column by its name; `required` is about its cells, `optional` about the column itself.

    An empty cell is the parser's answer to an empty text, which is None for numbers, dates and codes.
    """

    name: str
    parse: Parser
    required: bool = True
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]


@dataclass(frozen=True)
class Table:
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def accepted(self) -> list[Row]:
        """The rows, or all that is wrong."""
        if self.problems:
            raise Rejected(self.problems)
        return self.rows


def read(
    content: bytes,
    columns: Sequence[Column],
    *,
    unused: Sequence[str] = (),
    unique: Sequence[str] = (),
    may_be_empty: bool = False,
    file: str = "",
) -> Table:
    """Read a whole file: comma-separated, a header, UTF-8 with or without a byte-order mark.

    `unused` columns may stand in the file and are not read; any other column that is not declared is an error, so that a
    misspelt one is never skipped in silence. Two rows never share the `unique` columns. Without `may_be_empty` a file
    needs one row below its header.
    """
    problems: list[Problem] = []

    def report(line: int, message: str) -> None:
        if len(problems) < MOST_PROBLEMS:
            problems.append(Problem(line, message, file))

    text = _decoded(content, report)
    records = _records(text, report)
    header = next(records, None)
    if header is None:
        if not problems:
            report(1, "the file is empty")
        return Table([], problems)
    if not _check_header(header[1], columns, unused, report):
        return Table([], problems)
    rows = list(_rows(header[1], records, columns, report))
    _check_unique(rows, unique, report)
    if not rows and not problems and not may_be_empty:
        report(1, "there is no line below the header")
    return Table(rows, sorted(problems, key=lambda problem: problem.line))


def _decoded(content: bytes, report: Report) -> str:
    """The text, empty when this is none (which is reported)."""
    if b"\0" in content:
        report(content[: content.index(b"\0")].count(b"\n") + 1, "a NUL sign: this is not a text file")
        return ""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        report(line, f"byte 0x{content[error.start]:02x} is not UTF-8: save the file in UTF-8")
        return ""


def _records(text: str, report: Report) -> Iterator[tuple[int, list[str]]]:
    """The records that are not blank, each with the line it begins at."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report(line, f"this line is not CSV ({error})")
            continue
        if any(cell.strip() for cell in record):
            yield line, record


def _check_header(
    header: list[str], columns: Sequence[Column], unused: Sequence[str], report: Report
) -> bool:
    names = [name.strip() for name in header]
    known = {column.name for column in columns} | set(unused)
    needed = [column.name for column in columns if not column.optional]
    wrong = [f"the column {name} is missing" for name in needed if name not in names]
    wrong += [f"the column {name!r:.60} is not expected" for name in names if name not in known]
    wrong += [f"the column {name} stands twice" for name in sorted(known) if names.count(name) > 1]
    for message in wrong:
        report(1, message)
    return not wrong


def _rows(
    header: list[str],
    records: Iterator[tuple[int, list[str]]],
    columns: Sequence[Column],
    report: Report,
) -> Iterator[Row]:
    places = {name.strip(): place for place, name in enumerate(header)}
    read = [(column, places.get(column.name)) for column in columns]
    for line, record in records:
        if len(record) != len(header):
            report(line, f"{len(record)} cells where the header has {len(header)}")
            continue
        cells = ((column, "" if place is None else record[place]) for column, place in read)
        values = _parsed(line, cells, report)
        if values is not None:
            yield Row(line, values)


def _parsed(line: int, cells: Iterator[tuple[Column, str]], report: Report) -> dict[str, Any] | None:
    """The values of a line, or None when one of its cells is wrong (all of them are reported)."""
    values: dict[str, Any] = {}
    whole = True
    for column, raw in cells:
        try:
            values[column.name] = _value(column, raw)
        except ValueError as error:
            report(line, f"column {column.name}: {error}")
            whole = False
    return values if whole else None


def _value(column: Column, raw: str) -> object:
    cell = raw.strip()
    if len(cell) > LONGEST_CELL:
        raise ValueError(f"{len(cell)} signs")
    if not cell.isascii():
        cell = unicodedata.normalize("NFC", cell)
    if not cell.isprintable():
        _refuse_invisible(cell)
    if not cell and column.required and not column.optional:
        raise ValueError("the cell is empty")
    return column.parse(cell)


def _refuse_invisible(cell: str) -> None:
    """Line breaks, controls, zero-width and direction signs hide in a name and make a second one of it."""
    for sign in cell:
        if unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}:
            raise ValueError(f"an invisible sign (U+{ord(sign):04X})")


def _check_unique(rows: Sequence[Row], unique: Sequence[str], report: Report) -> None:
    if not unique:
        return
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = tuple(row[name] for name in unique)
        if first.setdefault(key, row.line) != row.line:
            shown = ", ".join(str(part) for part in key)
            report(row.line, f"{shown:.100}: stands already at line {first[key]}")
