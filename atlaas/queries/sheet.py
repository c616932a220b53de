"""Reads of one fiche: its content as it would be published now."""

from datetime import date

from atlaas.models import Sheet
from atlaas.rules.sheet import FACTS, Content


def content_of(sheet: Sheet) -> Content:
    """The working copy as JSON (see `rules.sheet.CONTENT_FIELDS`); 2 queries."""
    facts = {name: plain(getattr(sheet, name)) for name in FACTS}
    attachments = sheet.attachments.filter(removed_at=None).order_by("position", "created_at", "pk")
    return facts | {
        "services": list(sheet.services.order_by("position", "code").values_list("code", flat=True)),
        "attachments": [
            {
                "id": str(one.pk),
                "kind": one.kind,
                "name": one.name,
                "alt": one.alt,
                "size": one.size,
                "width": one.width,
                "height": one.height,
            }
            for one in attachments
        ],
        "inspired_by": str(sheet.inspired_by_id) if sheet.inspired_by_id else None,
    }


def plain(value: object) -> object:
    """A value of a field as a content holds it: a date as ISO text."""
    return value.isoformat() if isinstance(value, date) else value
