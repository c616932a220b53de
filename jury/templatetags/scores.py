"""Scores of the grid as people read them; {% load scores %}."""

from fractions import Fraction

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from jury.rules.proposal import told
from jury.rules.spread import Spread

register = template.Library()
WIDTH, MARGIN, HIGHEST = 400, 10, 4


@register.filter
def score(value: Fraction) -> str:
    """« 2,91 »."""
    return told(value)


@register.simple_tag
def score_dots(spread: Spread) -> SafeString:
    """A line from 0 to 4 with a point a score; the caption beside it says the same in words."""
    dots = format_html_join(
        "", '<circle cx="{}" cy="20" r="7" class="dot"/>', ((_place(one),) for one in spread.scores)
    )
    ticks = format_html_join(
        "",
        '<path d="M{0} 14v12" class="tick"/><text x="{0}" y="44">{1}</text>',
        ((_place(Fraction(one)), one) for one in range(HIGHEST + 1)),
    )
    return format_html(
        '<svg class="spread" viewBox="0 0 {} 50" aria-hidden="true"><path d="M{} 20H{}" class="tick"/>{}{}</svg>',
        WIDTH + 2 * MARGIN,
        MARGIN,
        WIDTH + MARGIN,
        ticks,
        dots,
    )


def _place(value: Fraction) -> int:
    return MARGIN + round(value * WIDTH / HIGHEST)
