"""The mosaic in words and as a standing SVG file: shade, pattern and number say the same thing.

The file has its own white paper, to be read on any screen and in print. Familles and enjeux are groups and each tile is a
picture with a name, so that a reader of the screen goes through them; the table of the page stays the reference.
"""

from collections.abc import Sequence
from datetime import date
from html import escape
from textwrap import wrap

from atlaas.rules.text import plural
from labels.rules.clock_words import day_words
from labels.rules.mosaic import EnjeuTiles, FamilyTiles, Mosaic, Tile

SIDE, GAP, COLUMNS, ACROSS = 26, 3, 3, 6
STEP, MARGIN = SIDE + GAP, 14
BLOCK = COLUMNS * STEP + 26  # a block of tiles and the space on its right
WIDTH = ACROSS * BLOCK + MARGIN
LETTERS, LINE = 20, 11  # of the name of an enjeu: signs a line, and its height
PAPER, EDGE, INK = "#ffffff", "#6f7d96", "#1b1f27"
FILLS = (PAPER, "#d9e4f5", "#b3c8ea", "#3d5fa8", "#16254d")
NUMBERS = (INK, INK, INK, PAPER, PAPER)
ASIDE = "x"  # the pattern of « non concerné »
PATTERNS = (
    '<pattern id="p1" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="1" fill="#3d5fa8"/></pattern>'
    '<pattern id="p2" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6 6 0" stroke="#3d5fa8" stroke-width="1"/></pattern>'
    '<pattern id="p3" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6 6 0M0 0l6 6" stroke="#b3c8ea" stroke-width=".6"/></pattern>'
    '<pattern id="px" width="5" height="5" patternUnits="userSpaceOnUse"><path d="M0 0l5 5" stroke="#8a8f98" stroke-width=".8"/></pattern>'
)
# What a tile of each kind means.
KEY = (
    (Tile("", ""), "aucune fiche"),
    (Tile("", "", 1), "une"),
    (Tile("", "", 2), "deux"),
    (Tile("", "", 3), "trois ou quatre"),
    (Tile("", "", 5), "cinq et plus"),
    (Tile("", "", is_concerned=False), "non concerné"),
)
MOVES = (
    (Tile("", "", 1, before=0), "plus qu’à l’édition précédente"),
    (Tile("", "", 1, before=2), "moins qu’à l’édition précédente"),
)


def key_of(mosaic: Mosaic) -> Sequence[tuple[Tile, str]]:
    """What its tiles mean; the marks of a difference only where there is something to compare with."""
    return KEY + MOVES if mosaic.compares else KEY


def words(tile: Tile) -> str:
    """« Le wifi public gratuit : 2 fiches, 1 de plus qu’à l’édition précédente », « … : non concerné »."""
    if tile.is_aside:
        return f"{tile.name}\u00a0: non concerné{_moved(tile)}"
    return f"{tile.name}\u00a0: {tile.count}\u00a0{'fiche' if tile.count < 2 else 'fiches'}{_moved(tile)}"


def _moved(tile: Tile) -> str:
    if not tile.difference:
        return ""
    way = "de plus" if tile.difference > 0 else "de moins"
    return f", {abs(tile.difference)} {way} qu’à l’édition précédente"


def mark(tile: Tile) -> str:
    """What stands in the tile."""
    return "–" if tile.is_aside else str(tile.count)


def counted_words(day: date, *, is_closed: bool) -> str:
    """When the fiches were counted: « le 15 novembre 2028, à la clôture »."""
    return f"le {day_words(day)}, à la clôture" if is_closed else f"le {day_words(day)}"


def drawing(mosaic: Mosaic, *, title: str, counted: str) -> str:
    """The file; `title` names what it shows and `counted` says when, as `counted_words` does."""
    told = (
        f"{plural(mosaic.covered, 'service couvert', 'services couverts')} sur {mosaic.total}, "
        f"{plural(mosaic.covered_enjeux, 'enjeu', 'enjeux')} sur {mosaic.total_enjeux}, d’après les fiches comptées {counted}."
    )
    lines = [*wrap(title, 78), told]
    y = MARGIN + 16 * len(lines) + 8
    drawn = [_heading(lines)]
    for family in mosaic.families:
        part, height = _family(family, y)
        drawn.append(part)
        y += height
    part, height = _key(mosaic, y)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y + height}" role="group" aria-labelledby="t" '
        f'aria-describedby="d" lang="fr" font-family="sans-serif"><title id="t">{escape(title)}</title>'
        f'<desc id="d">{escape(told)}</desc><defs>{PATTERNS}</defs><rect width="100%" height="100%" fill="{PAPER}"/>'
        f"{''.join(drawn)}{part}</svg>"
    )


def _text(x: float, y: float, text: str, size: float, *, bold: bool = False) -> str:
    """Words that the name of a group says already."""
    weight = ' font-weight="700"' if bold else ""
    return f'<text x="{x:g}" y="{y:g}" font-size="{size:g}"{weight} fill="{INK}" aria-hidden="true">{escape(text)}</text>'


def _heading(lines: Sequence[str]) -> str:
    last = len(lines) - 1
    rows = (
        _text(MARGIN, MARGIN + 8 + 16 * rank, line, 10 if rank == last else 13, bold=rank < last)
        for rank, line in enumerate(lines)
    )
    return "".join(rows)


def _family(family: FamilyTiles, y: int) -> tuple[str, int]:
    """Its name, then its enjeux side by side; and how high that is."""
    deepest = max((len(one.tiles) for one in family.enjeux), default=0)
    head = LINE * max((len(wrap(one.name, LETTERS)) for one in family.enjeux), default=1)
    height = head + -(-deepest // COLUMNS) * STEP + 14
    blocks = "".join(
        _block(one, MARGIN + rank % ACROSS * BLOCK, y + 26 + rank // ACROSS * height, head)
        for rank, one in enumerate(family.enjeux)
    )
    name = _text(MARGIN, y + 12, family.name, 12, bold=True)
    drawn = f'<g role="group" aria-label="{escape(family.name)}">{name}{blocks}</g>'
    return drawn, 30 + -(-len(family.enjeux) // ACROSS) * height


def _block(enjeu: EnjeuTiles, x: int, y: int, head: int) -> str:
    lines = wrap(enjeu.name, LETTERS)
    first = head - LINE * len(lines) + 6  # names of several lines end where the tiles begin
    name = "".join(_text(0, first + LINE * rank, line, 9, bold=True) for rank, line in enumerate(lines))
    tiles = "".join(
        _tile(place % COLUMNS * STEP, head + place // COLUMNS * STEP, tile, words(tile))
        for place, tile in enumerate(enjeu.tiles)
    )
    return (
        f'<g role="group" aria-label="{escape(enjeu.name)}" transform="translate({x} {y})">{name}{tiles}</g>'
    )


def _key(mosaic: Mosaic, y: int) -> tuple[str, int]:
    """What a shade and a pattern mean, three across."""
    kinds = key_of(mosaic)
    across, wide = 3, (WIDTH - MARGIN) // 3
    drawn = "".join(
        _tile(MARGIN + rank % across * wide, y + 20 + rank // across * (STEP + 4), tile, text)
        + _text(
            MARGIN + rank % across * wide + STEP + 6,
            y + 20 + rank // across * (STEP + 4) + SIDE / 2 + 4,
            text,
            10,
        )
        for rank, (tile, text) in enumerate(kinds)
    )
    name = "Fiches en vie par service"
    drawn = f'<g role="group" aria-label="{name}">{_text(MARGIN, y + 10, name, 10, bold=True)}{drawn}</g>'
    return drawn, 20 + -(-len(kinds) // across) * (STEP + 4) + MARGIN


def _tile(x: int, y: int, tile: Tile, name: str) -> str:
    shape = f'x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" rx="3"'
    pattern = ASIDE if tile.is_aside else tile.strength
    edge = f' stroke="{EDGE}"' + ("" if tile.is_aside else ' stroke-dasharray="3 2"')
    patterned = f'<rect {shape} fill="url(#p{pattern})"/>' if pattern in {1, 2, 3, ASIDE} else ""
    return (
        f'<g role="img" aria-label="{escape(name)}"><title>{escape(name)}</title>'
        f'<rect {shape} fill="{FILLS[tile.strength]}"{"" if tile.strength else edge}/>{patterned}'
        f'<text x="{x + SIDE / 2:g}" y="{y + SIDE / 2 + 4:g}" font-size="11" text-anchor="middle" '
        f'fill="{NUMBERS[tile.strength]}" stroke="{FILLS[tile.strength]}" stroke-width="3" paint-order="stroke">{mark(tile)}</text>'
        f"{_corner(x, y, tile)}</g>"
    )


def _corner(x: int, y: int, tile: Tile) -> str:
    """A triangle in the corner: full and pointing up for more than last year, hollow and pointing down for less."""
    if not tile.difference:
        return ""
    right, colour = x + SIDE - 2, NUMBERS[tile.strength]
    if tile.difference > 0:
        return f'<path d="M{right - 6} {y + 8}h6l-3-5z" fill="{colour}"/>'
    return f'<path d="M{right - 6} {y + 3}h6l-3 5z" fill="none" stroke="{colour}"/>'
