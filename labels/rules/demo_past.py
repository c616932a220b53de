"""What an invented candidate filed the year before, made from what it files now: all of it says « démonstration »."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from atlaas.rules.sheet import digest
from labels.rules.edition import number

Document = dict[str, Any]
NEW, CHANGED = 6, 4  # one fiche in six is new since, one in four has changed
EARLIER = "Démonstration, un an plus tôt : "
ENDED = "Démonstration : une action terminée depuis"


def past_document(document: Document, year: int) -> Document:
    """The same dossier a year before: fewer fiches, some with other words, one that has ended since; no level of any kind.

    The mosaic is counted again from its fiches. The edition of that year had no campaign here: its dates are unknown.
    """
    sheets = _sheets(document["sheets"])
    kept = {one["id"] for one in sheets}
    edition = dict.fromkeys(document["edition"]) | {
        "year": year,
        "number": number(year),
        "is_demo": True,
        "referential_year": document["edition"]["referential_year"],
    }
    return document | {
        "edition": edition,
        "sheets": sheets,
        "flagships": [one for one in document["flagships"] if one in kept],
        "taken_out": [],
        "derogations": [],
        "mosaic": _recounted(document["mosaic"], sheets),
    }


def _sheets(now: Sequence[Document]) -> list[Document]:
    then = [
        _earlier(one) if rank % CHANGED == 1 else one
        for rank, one in enumerate(now)
        if rank % NEW or rank == 0
    ]
    return sorted([*then, _ended(now[0])], key=lambda one: str(one["id"])) if now else []


def _earlier(sheet: Document) -> Document:
    content = sheet["content"] | {"summary": EARLIER + sheet["content"]["summary"]}
    return sheet | {
        "revision": max(1, sheet["revision"] - 1),
        "content": content,
        "digest": digest(content),
    }


def _ended(model: Document) -> Document:
    content = model["content"] | {"title": ENDED, "is_running": False}
    key = uuid5(NAMESPACE_URL, f"{model['id']}/ended")
    return model | {"id": str(key), "revision": 1, "content": content, "digest": digest(content)}


def _recounted(mosaic: Mapping[str, Any], sheets: Sequence[Document]) -> Document:
    counts = Counter(code for one in sheets for code in set(one["content"]["services"]))
    return {
        "families": [
            family
            | {
                "enjeux": [
                    enjeu
                    | {
                        "tiles": [
                            tile | {"count": counts[tile["code"]], "before": None} for tile in enjeu["tiles"]
                        ]
                    }
                    for enjeu in family["enjeux"]
                ]
            }
            for family in mosaic["families"]
        ]
    }
