"""Small pieces of a page that would otherwise be written again (a built-in library)."""

import json
from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString, mark_safe

from atlaas.rules.device import device

register = template.Library()
register.filter(device)


@register.simple_tag(takes_context=True)
def current(context: template.Context, prefix: str) -> SafeString | str:
    """Mark the entry of the menu that the page belongs to."""
    request = context.get("request")
    return SafeString(' aria-current="page"') if request and request.path.startswith(prefix) else ""


@register.filter
def of(counts: Mapping[int, int], key: int) -> int:
    """{{ counts|of:service.pk }}: a count by its key, 0 where nothing was counted."""
    return counts.get(key, 0)


@register.simple_tag
def json_ld(facts: object) -> SafeString:
    """Describe the page to machines (schema.org); no text can end the script: <, > and & are written as escapes."""
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped just before)
