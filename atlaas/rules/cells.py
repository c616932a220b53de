"""What a cell of a table may hold: parsers that answer the value, or say in a ValueError what is wrong."""

import datetime as dt
import re

from atlaas.rules.reading import Parser


def text(longest: int) -> Parser:
    def parse(cell: str) -> str:
        if len(cell) > longest:
            raise ValueError(f"{len(cell)} signs, {longest} at most")
        return cell

    return parse


def whole(low: int, high: int) -> Parser:
    """A whole number within both bounds; None for an empty cell."""

    def parse(cell: str) -> int | None:
        if not cell:
            return None
        if not re.fullmatch(r"-?[0-9]{1,12}", cell) or not low <= int(cell) <= high:
            raise ValueError(f"{cell!r:.40} is not a whole number from {low} to {high}")
        return int(cell)

    return parse


def decimal(low: float, high: float) -> Parser:
    """A decimal number within both bounds; None for an empty cell."""

    def parse(cell: str) -> float | None:
        if not cell:
            return None
        if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,12})?", cell) or not low <= float(cell) <= high:
            raise ValueError(f"{cell!r:.40} is not a number from {low:g} to {high:g}")
        return float(cell)

    return parse


def code(pattern: str, what: str) -> Parser:
    """A code of one shape; None for an empty cell."""
    shape = re.compile(pattern, re.ASCII)

    def parse(cell: str) -> str | None:
        if cell and not shape.fullmatch(cell):
            raise ValueError(f"{cell!r:.40} is not {what}")
        return cell or None

    return parse


def one_of(*words: str) -> Parser:
    """One of a few words; an empty text for an empty cell."""

    def parse(cell: str) -> str:
        if cell and cell not in words:
            raise ValueError(f"{cell!r:.40} is none of {', '.join(words)}")
        return cell

    return parse


def yes_no(cell: str) -> bool:
    """« oui » or « non »."""
    if cell not in {"oui", "non"}:
        raise ValueError(f"{cell!r:.40} is neither « oui » nor « non »")
    return cell == "oui"


def date(cell: str) -> dt.date | None:
    """A day written 2025-02-06; None for an empty cell."""
    if not cell:
        return None
    try:
        return dt.datetime.strptime(cell, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        raise ValueError(f"{cell!r:.40} is not a day written YYYY-MM-DD") from None


COMMUNE_CODE = code(r"[0-9][0-9AB][0-9]{3}", "an INSEE code of five signs")
SIREN = code(r"[0-9]{9}", "a SIREN of nine figures")
COLLECTIVITY_CODE = code(r"[0-9][0-9AB][0-9]{3}|[0-9]{9}", "an INSEE code nor a SIREN")
REGION_CODE = code(r"[0-9]{2,3}", "the code of a région")
DEPARTEMENT_CODE = code(r"[0-9][0-9AB][0-9]?", "the code of a département")
