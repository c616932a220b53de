"""Cells of a CSV file that a spreadsheet will open."""

import re
from collections.abc import Iterable

_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")


def cell(value: object) -> str:
    """The text of a cell: « oui » or « non » for a truth, nothing for None; a text that a spreadsheet would run as a
    formula is kept a text by an apostrophe before it (OWASP, CSV injection)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    text = str(value)
    return f"'{text}" if _DANGEROUS.match(text) else text


def plain_text(cell: str) -> str:
    """The text of a cell written by `cell`, without the apostrophe that kept it a text."""
    return cell[1:] if cell.startswith("'") and _DANGEROUS.match(cell) else cell


def cells(values: Iterable[object]) -> list[str]:
    return [cell(value) for value in values]
