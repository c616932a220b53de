"""The mosaic as a standing SVG file: shade, pattern and number say the same thing, and the title is read aloud."""

from html import escape

from labels.rules.mosaic import EnjeuTiles, Mosaic, Tile

SIDE, GAP, COLUMNS, ACROSS = 26, 3, 3, 8
BLOCK = COLUMNS * (SIDE + GAP) + 14  # a block of tiles and the space on its right
HEAD, TOP = 30, 28
PAPER, EDGE, INK = "#ffffff", "#8a8f98", "#1b1f27"
FILLS = (PAPER, "#d9e4f5", "#b3c8ea", "#3d5fa8", "#16254d")
NUMBERS = (INK, INK, INK, PAPER, PAPER)
PATTERNS = (
    '<pattern id="p1" width="6" height="6" patternUnits="userSpaceOnUse"><circle cx="3" cy="3" r="1" fill="#3d5fa8"/></pattern>'
    '<pattern id="p2" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6 6 0" stroke="#3d5fa8" stroke-width="1"/></pattern>'
    '<pattern id="p3" width="6" height="6" patternUnits="userSpaceOnUse"><path d="M0 6 6 0M0 0l6 6" stroke="#b3c8ea" stroke-width=".6"/></pattern>'
)


def drawing(mosaic: Mosaic, *, title: str) -> str:
    """The file; `title` is what a reader of the screen says of it."""
    enjeux = list(mosaic.enjeux)
    deepest = max((len(one.tiles) for one in enjeux), default=0)
    height = HEAD + -(-deepest // COLUMNS) * (SIDE + GAP) + 16
    blocks = "".join(_block(rank, one, height) for rank, one in enumerate(enjeux))
    size = (ACROSS * BLOCK + 14, TOP + -(-len(enjeux) // ACROSS) * height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size[0]} {size[1]}" role="img" aria-labelledby="t" '
        f'font-family="sans-serif"><title id="t">{escape(title)}</title><defs>{PATTERNS}</defs>'
        f'<rect width="100%" height="100%" fill="{PAPER}"/>'
        f'<text x="14" y="18" font-size="13" font-weight="700" fill="{INK}">{escape(title)}</text>{blocks}</svg>'
    )


def _block(rank: int, enjeu: EnjeuTiles, height: int) -> str:
    x, y = 14 + rank % ACROSS * BLOCK, TOP + rank // ACROSS * height
    tiles = "".join(_tile(place, tile) for place, tile in enumerate(enjeu.tiles))
    name = f'<text y="20" font-size="8" font-weight="700" fill="{INK}">{escape(_short(enjeu.name))}</text>'
    return f'<g transform="translate({x} {y})">{name}<g transform="translate(0 {HEAD})">{tiles}</g></g>'


def _short(name: str) -> str:
    return name if len(name) < 22 else f"{name[:20]}…"


def _tile(place: int, tile: Tile) -> str:
    x, y = place % COLUMNS * (SIDE + GAP), place // COLUMNS * (SIDE + GAP)
    shape = f'x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" rx="3"'
    dashed = f' stroke="{EDGE}" stroke-dasharray="3 2"' if not tile.strength else ""
    patterned = f'<rect {shape} fill="url(#p{tile.strength})"/>' if tile.strength in {1, 2, 3} else ""
    told = str(tile.count) if tile.is_concerned or tile.count else "–"
    return (
        f"<g><title>{escape(words(tile))}</title>"
        f'<rect {shape} fill="{FILLS[tile.strength]}"{dashed}/>{patterned}'
        f'<text x="{x + SIDE / 2:g}" y="{y + SIDE / 2 + 4:g}" font-size="11" text-anchor="middle" '
        f'fill="{NUMBERS[tile.strength]}" stroke="{FILLS[tile.strength]}" stroke-width="3" paint-order="stroke">{told}</text>'
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


def words(tile: Tile) -> str:
    """« Le wifi public gratuit : 2 fiches, 1 de plus qu’à l’édition précédente », « … : non concerné »."""
    if not tile.is_concerned and not tile.count:
        return f"{tile.name}\u00a0: non concerné{_moved(tile)}"
    return f"{tile.name}\u00a0: {tile.count}\u00a0{'fiche' if tile.count < 2 else 'fiches'}{_moved(tile)}"


def _moved(tile: Tile) -> str:
    if not tile.difference:
        return ""
    way = "de plus" if tile.difference > 0 else "de moins"
    return f", {abs(tile.difference)} {way} qu’à l’édition précédente"
