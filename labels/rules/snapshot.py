"""What is filed, written in one way only, so that anyone can check its SHA-256.

Canonical JSON here: keys sorted by code point, no space, UTF-8 in the composed form (NFC), integers, texts, true, false
and null; a number with a fraction is a text, because two programs may write it in two ways.
"""

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

FORMAT = 1  # of the document; a reader meets old ones for ever

Plain = None | bool | int | str | list["Plain"] | dict[str, "Plain"]


def plain(value: object) -> Plain:
    """A value as the document holds it; `TypeError` for what has no settled form."""
    if isinstance(value, Mapping):
        return {_composed(str(key)): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    return _leaf(value)


def _leaf(value: object) -> bool | int | str | None:
    match value:
        case None | bool() | int():
            return value
        case str() | float() | Decimal() | UUID():
            return _composed(str(value))
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in a snapshot")


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def canonical(document: Mapping[str, object]) -> str:
    """The one text of a document."""
    return json.dumps(plain(document), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def number(year: int, sequence: int) -> str:
    """The number of a receipt: 2028-00042."""
    return f"{year}-{sequence:05d}"


def sequence_of(told: str) -> int:
    """The rank of a receipt in its year."""
    return int(told.rpartition("-")[2])
