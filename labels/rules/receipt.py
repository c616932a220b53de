"""What a receipt tells, read from the filed document alone: page, PDF and mail say the same."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from labels.choices import Category
from labels.rules.clock_words import Told, told


@dataclass(frozen=True, slots=True)
class FiledSheet:
    """A fiche as it was filed: the version that the jury reads."""

    id: str
    title: str
    revision: int
    services: int
    is_flagship: bool


@dataclass(frozen=True, slots=True)
class Receipt:
    """The receipt of one filing; `arrived` is the instant that decided, on both clocks."""

    number: str
    rank: int
    sha256: str
    year: int
    is_demo: bool
    collectivity: str
    code: str
    category: str
    filed_by: str
    mandate: str
    arrived: Told
    sheets: Sequence[FiledSheet]
    services: int
    size: int


def receipt_of(document: str, *, sha256: str, zone: ZoneInfo) -> Receipt:
    """Read a canonical document (`rules.snapshot`); `zone` is the clock of the town hall."""
    facts: Mapping[str, Any] = json.loads(document)
    covered = {code for one in facts["sheets"] for code in one["content"]["services"]}
    return Receipt(
        number=facts["number"],
        rank=facts["rank"],
        sha256=sha256,
        year=facts["edition"]["year"],
        is_demo=facts["edition"]["is_demo"],
        collectivity=facts["collectivity"]["name"],
        code=facts["collectivity"]["code"],
        category=Category(facts["category"]["category"]).label,
        filed_by=facts["filed_by"],
        mandate=facts["mandate"],
        arrived=told(datetime.fromisoformat(facts["arrived_at"]), zone, seconds=True),
        sheets=filed_sheets(facts),
        services=len(covered),
        size=len(document.encode()),
    )


def filed_sheets(facts: Mapping[str, Any]) -> list[FiledSheet]:
    """The fiches of a document, put forward ones first, then by title."""
    sheets = [_sheet(one, facts["flagships"]) for one in facts["sheets"]]
    return sorted(sheets, key=lambda one: (not one.is_flagship, one.title, one.id))


def _sheet(one: Mapping[str, Any], flagships: Sequence[str]) -> FiledSheet:
    content = one["content"]
    return FiledSheet(
        id=one["id"],
        title=content["title"],
        revision=one["revision"],
        services=len(content["services"]),
        is_flagship=one["id"] in flagships,
    )
