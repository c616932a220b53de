"""Tiles in words, scores in points; {% load mosaics %}."""

from fractions import Fraction

from django import template

from labels.rules.mosaic import Tile
from labels.rules.mosaic_drawing import words

register = template.Library()


@register.filter
def tile_words(tile: Tile) -> str:
    return words(tile)


@register.filter
def points(score: Fraction) -> int:
    """A score from 0 to 1 in points out of 100, rounded half up."""
    return int(score * 100 + Fraction(1, 2))
