"""Tiles in words, scores in points; {% load mosaics %}."""

from collections.abc import Sequence
from fractions import Fraction

from django import template

from labels.rules.mosaic import Mosaic, Tile
from labels.rules.mosaic_drawing import key_of, mark, words

register = template.Library()
register.filter("tile_words", words)
register.filter("tile_mark", mark)


@register.filter
def tile_class(tile: Tile) -> str:
    """The classes of a tile: its shade and pattern, and the mark of a difference."""
    shade = "mx" if tile.is_aside else f"m{tile.strength}"
    moved = " up" if (tile.difference or 0) > 0 else " down" if tile.lost else ""
    return f"tile {shade}{moved}"


@register.filter
def mosaic_key(mosaic: Mosaic) -> Sequence[tuple[Tile, str]]:
    return key_of(mosaic)


@register.filter
def points(score: Fraction) -> int:
    """A score from 0 to 1 in points out of 100, rounded half up."""
    return int(score * 100 + Fraction(1, 2))
