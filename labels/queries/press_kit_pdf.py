"""The press kit as a PDF: drawn from its JSON document alone, and found again by the digest of that document."""

from datetime import datetime

from labels.models import KeptDocument
from labels.queries.documents import Facts, drawn, of_facts

KIND = "press-kit"
TEMPLATE = "labels/press_kit/press_kit.typ"


def press_kit_pdf(facts: Facts, made_at: datetime) -> bytes:
    return drawn(TEMPLATE, facts, made_at=made_at)


def kept_pdf(year: int, facts: Facts) -> KeptDocument | None:
    """The PDF that says what the page says; None while it is not made, or tells what is true no more."""
    return of_facts(KIND, str(year), facts)


def file_name(year: int) -> str:
    return f"dossier-de-presse-{year}.pdf"
