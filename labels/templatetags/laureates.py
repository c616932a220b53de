"""Laureates as dots of a map and as rows of a list, written at once: a palmarès has hundreds; {% load laureates %}."""

from collections.abc import Iterable
from functools import cache
from html import escape

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from atlaas.rules.text import WIDE
from labels.choices import Category
from labels.queries.line import Line
from labels.queries.map import Dot, Drawing, Panel
from labels.templatetags.levels import level, level_words

register = template.Library()

# Size says the level (in ninths), a lighter shade that it is to be confirmed.
SIZES = {"1": 5, "2": 6, "3": 7, "4": 8, "4-5": 8.5, "5": 9}
_SHAPES = {
    Category.VILLE: '<circle r="9"/>',
    Category.VILLAGE: '<path d="M0-11 10.5 8h-21z"/>',
    Category.TERRITOIRE: '<path d="M-9-9h18v18h-18z"/>',
}


@register.simple_tag
@cache
def map_symbols() -> SafeString:
    """Every dot that a map may use, once a page: category by shape, level by size."""
    drawn = (
        f'<g id="d-{category}-{level}" class="dot{" unsure" if "-" in level else ""}" '
        f'transform="scale({size / 9:.2f})">{shape}</g>'
        for category, shape in _SHAPES.items()
        for level, size in SIZES.items()
    )
    return mark_safe(f"<defs>{''.join(drawn)}</defs>")  # noqa: S308 (constants only)


@register.simple_tag
@cache
def ground(drawing: Drawing) -> SafeString:
    """The land of a drawing, with the lines between its départements."""
    return format_html('<path class="land" d="{}"/><path class="dep" d="{}"/>', drawing.land, drawing.borders)


@register.simple_tag
def dots(panel: Panel) -> SafeString:
    """The laureates of a map: each names itself, a title TEN is ringed."""
    return mark_safe("".join(map(_dot, panel.dots)))  # noqa: S308 (names are escaped one by one)


@register.simple_tag
def laureate_rows(lines: Iterable[Line]) -> SafeString:
    """The `li` of a list of laureates: name, category, title and mentions, then the level."""
    return mark_safe("\n".join(map(_row, lines)))  # noqa: S308 (names are escaped one by one)


def _row(line: Line) -> str:
    ten = ' <span class="ten">TEN</span>' if line.is_ten else ""
    mentions = "".join(f' <span class="mention">mention {escape(theme)}</span>' for theme in line.mentions)
    heir = f", aujourd’hui {escape(line.heir)}" if line.heir else ""
    return (
        f'<li><span class="who"><a href="{escape(line.url)}">{escape(line.name)}</a> '
        f"<small>{escape(line.category)}{heir}</small>{ten}{mentions}</span>{level(line)}</li>"
    )


def _dot(dot: Dot) -> str:
    line = dot.line
    at = f'x="{dot.x}" y="{dot.y}"'
    ring = f'<use href="#s-ring" {at}/>' if line.is_ten else ""
    title = f"{line.name}{WIDE}: {level_words(line)}{', titre TEN' if line.is_ten else ''}"
    return (
        f'<g><title>{escape(title)}</title>{ring}<use href="#d-{line.category}-{line.level_class}" {at}/></g>'
    )
