"""Documents for people, drawn by typst in the look that they share (`templates/documents/house.typ`), and those that are kept."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings

from atlaas.rules.document import pdf
from labels.models import KeptDocument
from labels.rules.snapshot import canonical, sha256

TEMPLATES = Path(settings.BASE_DIR) / "templates"
HOUSE = "house.typ"

Facts = Mapping[str, object]


def drawn(template: str, facts: Facts, *, made_at: datetime) -> bytes:
    """A PDF/UA-1 from a template named as Django names them; the template imports « house.typ »."""
    house = (TEMPLATES / "documents" / HOUSE).read_bytes()
    return pdf((TEMPLATES / template).read_bytes(), facts, made_at=made_at, beside={HOUSE: house})


def of_facts(kind: str, key: str, facts: Facts) -> KeptDocument | None:
    """The kept document that tells these very facts; None while there is none (one query)."""
    return KeptDocument.objects.filter(kind=kind, key=key, digest=digest_of(facts)).first()


def content_of(kept: KeptDocument) -> bytes:
    """The bytes of a kept document: whole, so that a response can be cached."""
    with kept.file.open("rb") as stream:
        content: bytes = stream.read()
    return content


def digest_of(facts: Facts) -> str:
    """What `KeptDocument.digest` is compared with."""
    return sha256(canonical(facts))
