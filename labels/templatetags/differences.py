"""The pieces of a difference as text that is seen and heard; {% load differences %}."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from atlaas.rules.difference import ADDED, FOLDED, REMOVED, SAME, Piece
from atlaas.rules.text import WIDE, plural

register = template.Library()

_SHAPES = {
    ADDED: f'<ins><span class="hidden">ajouté{WIDE}: </span>{{}}</ins>',
    REMOVED: f'<del><span class="hidden">supprimé{WIDE}: </span>{{}}</del>',
}


@register.filter
def pieces(found: Iterable[Piece]) -> SafeString:
    """Escaped text with `ins` and `del`; what did not change is a line to unfold."""
    return SafeString("".join(map(_drawn, found)))


def _drawn(piece: Piece) -> SafeString:
    if piece.kind == SAME:
        return escape(piece.text)
    if piece.kind != FOLDED:
        return format_html(_SHAPES[piece.kind], piece.text)
    words = plural(len(piece.text.split()), "mot inchangé", "mots inchangés")
    return format_html("<details><summary>{}</summary>{}</details>", words, piece.text)
