"""Pieces of the screens on which fiches are written."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from atlaas.rules.difference import ADDED, REMOVED, difference
from atlaas.rules.markdown import html_of

register = template.Library()


@register.simple_tag
def spoken(words: Sequence[str]) -> str:
    """« bus », « hameaux »: the words that point to a service."""
    return ", ".join(f"«\u00a0{word}\u00a0»" for word in words)


@register.simple_tag
def words_between(before: str, after: str) -> SafeString:
    """What turns one text into another, word by word."""
    tags = {ADDED: "ins", REMOVED: "del"}
    pieces = ((tags.get(piece.kind, "span"), piece.text) for piece in difference(before, after))
    return format_html_join("", "<{0}>{1}</{0}>", pieces)


@register.filter
def markdown(text: str) -> SafeString:
    """The text of a fiche as it will be read."""
    return mark_safe(html_of(text))  # noqa: S308 (cleaned by our own allow-list)
