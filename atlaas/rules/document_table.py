"""A table as plain data: a page and a typst document draw the same cells."""

from collections.abc import Iterable, Sequence
from typing import TypedDict


class Head(TypedDict):
    name: str
    is_number: bool


class Table(TypedDict):
    """The first cell of a row names it; `total` is the row at the foot, or nothing."""

    caption: str
    heads: list[Head]
    rows: list[list[str]]
    total: list[str]


def table(
    caption: str,
    names: Sequence[str],
    numbers: Sequence[str],
    rows: Iterable[Sequence[str]],
    total: Sequence[str] = (),
) -> Table:
    """`names` head the columns of words, `numbers` those of figures that follow them."""
    heads: list[Head] = [{"name": one, "is_number": False} for one in names]
    heads += [{"name": one, "is_number": True} for one in numbers]
    return {"caption": caption, "heads": heads, "rows": [list(row) for row in rows], "total": list(total)}
