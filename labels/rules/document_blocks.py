"""The pieces that documents are made of, as plain JSON: the page and the PDF lay out the very same ones.

A document is `title`, `eyebrow`, `heading`, `lead`, `level` (0 to 5), `level_words`, `notes`, `foot`, `day`, and `chapters`, each
with its `heading` and `blocks`. A block is one of the dictionaries below, named by `kind`; every value is text that is typeset.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any

import segno

from atlaas.rules.text import NARROW, WIDE, french, grouped, plural
from labels.rules.mosaic import EnjeuTiles, Mosaic, Tile
from labels.rules.mosaic_drawing import KEY, mark
from labels.rules.standing import Standing, number_words

Block = dict[str, Any]
QUIET = 4  # modules left white around a QR code (ISO/IEC 18004)


def typeset(sentence: str) -> str:
    """`french`, which settles every space, except those that are no-break already: « 3 200 fiches » stays in one piece."""
    kept = sentence.replace(WIDE, "\x01").replace(NARROW, "\x02")
    return french(kept).replace("\x01", WIDE).replace("\x02", NARROW)


def chapter(heading: str, *blocks: Block, own_page: bool = False) -> Block:
    return {"heading": heading, "blocks": list(blocks), "own_page": own_page}


def prose(text: str) -> Block:
    return {"kind": "prose", "text": typeset(text)}


def note(text: str) -> Block:
    """What says how to read the rest, in small."""
    return {"kind": "note", "text": typeset(text)}


def figures(*rows: tuple[str, str]) -> Block:
    """Key figures: (value, what it counts)."""
    return {"kind": "figures", "rows": [{"value": value, "name": name} for value, name in rows]}


def figure(number: int, singular: str, several: str, more: str = "") -> tuple[str, str]:
    """A row of `figures`: French counts from two."""
    return grouped(number), (singular if number < 2 else several) + more


def points(*columns: Block) -> Block:
    """Two short lists side by side, of `column`."""
    return {"kind": "points", "columns": list(columns)}


def column(heading: str, items: Iterable[tuple[str, str]], nothing: str, *, tone: str = "plain") -> Block:
    """(what, more) lines under a heading; `tone` is « good », « warm » or « plain », which the heading says too."""
    rows = [{"name": name, "more": more} for name, more in items]
    return {"heading": heading, "tone": tone, "items": rows, "nothing": "" if rows else typeset(nothing)}


def groups(found: Iterable[tuple[str, Sequence[tuple[str, str]]]], nothing: str) -> Block:
    """Lines under small headings: (heading, [(what, more)])."""
    rows = [
        {
            "heading": heading,
            "told": plural(len(items), "fiche"),
            "items": [{"name": name, "more": more} for name, more in items],
        }
        for heading, items in found
    ]
    return {"kind": "groups", "groups": rows, "nothing": "" if rows else typeset(nothing)}


def table(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, numbers: int = 0) -> Block:
    """A table whose last `numbers` columns are figures."""
    aligned = ["left"] * (len(columns) - numbers) + ["right"] * numbers
    return {
        "kind": "table",
        "caption": typeset(caption),
        "columns": [{"name": name, "align": align} for name, align in zip(columns, aligned, strict=True)],
        "rows": [
            [{"text": text, "align": align} for text, align in zip(row, aligned, strict=True)] for row in rows
        ],
    }


def years(rows: Iterable[tuple[int, int, str, str]]) -> Block:
    """A frise: (year, level drawn or 0, its words, more)."""
    told = [
        {"year": str(year), "level": level, "words": words, "more": more} for year, level, words, more in rows
    ]
    return {"kind": "years", "rows": told}


def mosaic(drawn: Mosaic) -> Block:
    """The sixteen enjeux and their tiles: a shade, a pattern and a number say the same thing."""
    families = [
        {"name": one.name, "enjeux": [_enjeu(enjeu) for enjeu in one.enjeux]} for one in drawn.families
    ]
    key = [{**_tile(tile), "words": words} for tile, words in KEY]
    return {"kind": "mosaic", "families": families, "key": key}


def _enjeu(one: EnjeuTiles) -> Block:
    told = f"{one.covered} sur {one.concerned}" if one.concerned else "non concerné"
    return {"name": one.name, "told": told.replace(" ", WIDE), "tiles": [_tile(tile) for tile in one.tiles]}


def _tile(tile: Tile) -> Block:
    return {"mark": mark(tile), "shade": "x" if tile.is_aside else str(tile.strength)}


def comparison(rows: Iterable[Standing]) -> Block:
    """An enjeu a line: services covered, then the middle half of similar ones, drawn on the scale of its services."""
    return {"kind": "comparison", "rows": [_compared(one) for one in rows if one.concerned]}


def _compared(one: Standing) -> Block:
    told = {
        "name": one.name,
        "words": f"{one.covered} sur {one.concerned}".replace(" ", WIDE),
        "own": _share(one.covered, one),
    }
    if one.peers is None:
        return told | {"peers": "–", "median": "–", "low": 0, "high": 0, "middle": 0}
    ends = [number_words(value) for value in (one.peers.low, one.peers.high)]
    return told | {
        "median": number_words(one.peers.median),
        "peers": ends[0] if ends[0] == ends[1] else f"{ends[0]} à {ends[1]}".replace(" ", WIDE),
        "low": _share(one.peers.low, one),
        "middle": _share(one.peers.median, one),
        "high": _share(one.peers.high, one),
    }


def _share(value: Fraction | int, one: Standing) -> int:
    """In thousandths of the services that concern the collectivité, never more than all of them."""
    return min(1000, round(1000 * value / one.concerned))


def qr(address: str, text: str) -> Block:
    """A QR code as the path of an SVG drawing, black modules only, with its quiet zone."""
    code = segno.make(address, error="m")
    rows = [list(row) for row in code.matrix]
    path = "".join(
        f"M{x + QUIET} {y + QUIET}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, is_black in enumerate(row)
        if is_black
    )
    alt = typeset(f"Code QR qui mène à {address}")
    return {
        "kind": "qr",
        "path": path,
        "side": len(rows) + 2 * QUIET,
        "alt": alt,
        "address": address,
        "text": typeset(text),
    }
