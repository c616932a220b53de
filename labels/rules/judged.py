"""What the statistics read of the dossiers that were judged: the fiches of each, and the services they are tied to.

Only what was filed counts (the snapshot), never the working copy: a figure of an edition stands still once it is computed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Judged:
    """One dossier: the digest of what each fiche tells, by its identifier; how many fiches each service has, by its code."""

    sheets: Mapping[str, str]
    services: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Fates:
    """How many fiches were filed, and what they are beside the edition before; None where that one is not known here."""

    sheets: int = 0
    new: int | None = 0
    modified: int | None = 0
    renewed: int | None = 0


UNKNOWN = Fates(0, None, None, None)


def read(document: Mapping[str, Any]) -> Judged:
    """The document of a snapshot, of whatever format; `KeyError` when it is none."""
    sheets = document["sheets"]
    services = Counter(code for one in sheets for code in set(one["content"]["services"]))
    return Judged({one["id"]: one["digest"] for one in sheets}, dict(sorted(services.items())))


def filed_before(dossiers: Iterable[Judged]) -> dict[str, str]:
    """Every fiche of the dossiers judged in an edition; an identifier is the fiche's own, whoever took its collectivité over."""
    return {key: digest for one in dossiers for key, digest in one.sheets.items()}


def fates(dossier: Judged, before: Mapping[str, str] | None) -> Fates:
    """New: in no dossier judged in the edition before. Modified: there, and it told something else. Renewed: it told the same."""
    if before is None:
        return Fates(len(dossier.sheets), None, None, None)
    told = [(digest, before.get(key)) for key, digest in dossier.sheets.items()]
    new = sum(past is None for _now, past in told)
    renewed = sum(now == past for now, past in told)
    return Fates(len(told), new, len(told) - new - renewed, renewed)


def summed(found: Iterable[Fates]) -> Fates:
    """The sum; what is not known of one is not known of all."""
    rows = list(found)
    return Fates(
        sum(one.sheets for one in rows),
        _known(one.new for one in rows),
        _known(one.modified for one in rows),
        _known(one.renewed for one in rows),
    )


def _known(numbers: Iterable[int | None]) -> int | None:
    total = 0
    for one in numbers:
        if one is None:
            return None
        total += one
    return total
