"""What a press kit draws from its document; {% load press_kits %}."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from labels.templatetags.levels import level_row

register = template.Library()


@register.filter
def beside(row: Sequence[str], heads: Sequence[Mapping[str, Any]]) -> list[tuple[str, Mapping[str, Any]]]:
    """Each cell of a row with the head of its column."""
    return list(zip(row, heads, strict=True))


@register.filter
def ordinals(words: str) -> SafeString:
    """« 26e édition » with its « e » above the line, as paper has it."""
    return mark_safe(re.sub(r"\b(\d+)(e|re)\b", r"\1<sup>\2</sup>", escape(words)))  # noqa: S308 (escaped)


@register.simple_tag
def drawn(one: Mapping[str, Any]) -> SafeString:
    """A map or a sign of its key as the document holds it: our own drawing, names escaped (`queries.press_map`)."""
    alt = one.get("alt", "")
    said = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    return mark_safe(one["svg"].replace("<svg ", f"<svg {said} ", 1))  # noqa: S308 (drawn by us, names escaped)


@register.simple_tag
def laureate_level(line: Mapping[str, Any]) -> SafeString:
    """The level of a line: the row of @ and the words of the document."""
    return level_row(line["level"], line["level_words"])
