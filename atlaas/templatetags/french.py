"""French typography and numbers for every template (a built-in library)."""

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from atlaas.rules import text

register = template.Library()


@register.filter
def grouped(number: int | None) -> str:
    return "–" if number is None else text.grouped(number)


@register.filter
def millions(number: int) -> str:
    """4 400 000 → « 4,4 » (the template writes the unit)."""
    return text.decimal(number / 1_000_000)


@register.filter
def counted(number: int, words: str) -> str:
    """{{ 3|counted:"lauréat" }} → « 3 lauréats »; « cheval,chevaux » gives both forms."""
    singular, _, several = words.partition(",")
    return text.plural(number, singular, several)


@register.filter
def french(sentence: str) -> SafeString:
    """Typeset text that was written plainly; the text is escaped as usual."""
    return mark_safe(text.french(str(conditional_escape(sentence)).replace("&#x27;", "'")))  # noqa: S308 (escaped just before)
