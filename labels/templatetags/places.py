"""Words about a collectivité and what it won; {% load places %}."""

from collections.abc import Sequence

from django import template

from atlaas.rules.text import WIDE, decimal, grouped, listed
from labels.models import Award

register = template.Library()


@register.filter
def label_name(award: Award) -> str:
    """« Ville Internet », « Village Internet », « Territoire Internet »: the label as its holder bears it."""
    return f"{award.get_category_display().capitalize()} Internet"


@register.filter
def in_french(items: Sequence[object]) -> str:
    """[2025, 2026, 2027] → « 2025, 2026 et 2027 »."""
    return listed(items)


@register.filter
def kilometres(distance: float) -> str:
    """6.3 → « 6 km », 0.42 → « 0,4 km »."""
    return f"{decimal(distance) if distance < 1 else grouped(round(distance))}{WIDE}km"


@register.filter
def some(number: int) -> str:
    """A cell of a table: « – » for none, digits grouped."""
    return grouped(number) if number else "–"
