"""Pieces of the pages that find fiches."""

from collections.abc import Sequence
from typing import Protocol

from django import template
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from atlaas.rules.text import WIDE, grouped
from labels.rules.headline import Piece, pieces

register = template.Library()


class Option(Protocol):
    """A value of a list of filters (`views.finder.Option`)."""

    label: str
    count: int | None
    query: str
    is_chosen: bool
    is_proposal: bool


class FacetList(Protocol):
    """`views.finder.FacetList`."""

    label: str
    without: str


@register.simple_tag
def facet_options(facet: FacetList, options: Sequence[Option], target: str = "") -> SafeString:
    """The lines of a list of filters, of the page `target`; hundreds of them, of which a template would take most of the time."""
    path = escape(reverse(target or "sheet-list"))
    lines = (f"<li>{_named(path, facet, one)}{_counted(one.count)}</li>" for one in options)
    return mark_safe("".join(lines))  # noqa: S308 (each text is escaped below)


def _named(path: str, facet: FacetList, one: Option) -> str:
    label = f"{escape(one.label)}{WIDE}*" if one.is_proposal else escape(one.label)
    if not one.is_chosen:
        return f'<a href="{path}{escape(one.query)}" rel="nofollow">{label}</a>'
    back = f'<a href="{path}{escape(facet.without)}">retirer<span class="hidden">{WIDE}: {escape(facet.label)}</span></a>'
    return f"<strong>{label}</strong> {back}"


def _counted(count: int | None) -> str:
    return "" if count is None else f' <span class="num soft">{grouped(count)}</span>'


@register.filter
def found(marked: str) -> SafeString:
    """The text with what was searched in <mark>; every piece is escaped on its own, so that no text becomes HTML."""
    return format_html_join("", "{}", ((_told(piece),) for piece in pieces(marked)))


def _told(piece: Piece) -> str:
    return format_html("<mark>{}</mark>", piece.text) if piece.is_found else piece.text
