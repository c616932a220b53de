"""A level is a row of five @ and its number in words; {% load levels %}."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from atlaas.rules.text import WIDE
from labels.models import Award
from labels.queries.line import Line
from labels.rules.arobase import arobases

register = template.Library()

_ROW = (
    '<span class="level small"><svg viewBox="0 0 126 26" aria-hidden="true"><use href="#n{}"/></svg>'
    "<span>{}{}</span></span>"
)
_DOUBT = format_html(' *<span class="hidden"> {}</span>', "à confirmer")


@register.filter
def level_words(award: Award | Line) -> str:
    """« 5 @ », « 4 ou 5 @ », or the words of the source when no level is sure."""
    if award.level is None:
        return award.level_text or "niveau non attesté"
    if not award.level_is_certain:
        return award.level_text or f"4 ou 5{WIDE}@"
    return f"{award.level}{WIDE}@"


@register.simple_tag
def level(award: Award | Line) -> SafeString:
    """Draw the level of an award: four @ and a discreet mark when it is to be confirmed."""
    return _drawn(award.level, level_words(award), award.level_is_certain)


@lru_cache(maxsize=256)
def _drawn(number: int | None, words: str, is_certain: bool) -> SafeString:
    if number is None:
        return format_html('<span class="level small">{}</span>', words)
    return format_html(_ROW, number, words, "" if is_certain else _DOUBT)


@register.simple_tag
def level_row(number: int, words: str = "") -> SafeString:
    """Draw a row of @ that belongs to no award (a scale, a legend)."""
    return format_html(_ROW, number, words or f"{number}{WIDE}@", "")


@register.simple_tag
def arobase_row(number: int) -> SafeString:
    """Draw five @ where the page has no sprite (a frame on another site)."""
    return mark_safe(arobases(number))  # noqa: S308 (a number from 1 to 5)
