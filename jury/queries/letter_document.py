"""A letter as its page, its PDF and its mail show it: all read the document alone."""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from atlaas.rules.document import pdf
from atlaas.rules.text import french

TEMPLATE = Path(settings.BASE_DIR) / "templates" / "jury" / "letter" / "letter.typ"
DEMO = french("Démonstration : l’édition, la candidature et cette lettre sont inventées.")
NOT_SENT = french("Projet : cette lettre n’est pas envoyée, elle peut encore changer.")


def read(document: str) -> Mapping[str, Any]:
    facts: Mapping[str, Any] = json.loads(document)
    return facts


def letter_pdf(document: str, *, made_at: datetime, sent_at: datetime | None) -> bytes:
    """The same file each time: it is dated by the sending, or by the preparation of a letter that waits."""
    facts = read(document)
    words = facts["words"]
    day = date_format(timezone.localdate(sent_at or made_at), "j F Y")
    told = {
        **words,
        "title": french(f"{words['heading']} {facts['year']} – {facts['collectivity']}"),
        "notes": [one for one in (DEMO if facts["is_demo"] else "", "" if sent_at else NOT_SENT) if one],
        "level": facts["level"] or 0,
        "date": f"Le {day}",
        "foot": french(f"Atlaas · lettre du jury {facts['year']}, {facts['collectivity']}"),
    }
    return pdf(TEMPLATE.read_bytes(), told, made_at=sent_at or made_at)


def file_name(document: str) -> str:
    """Nothing of a level in it."""
    facts = read(document)
    return f"lettre-du-jury-{facts['year']}-{facts['code']}.pdf"
