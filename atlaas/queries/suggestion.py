"""What the suggestion of services reads: the référentiel, and a thesaurus that one may edit."""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from atlaas.models import Service
from atlaas.queries.sheet_desk import services_by_code
from atlaas.rules.suggestion import Entry

SOURCE = Path(__file__).resolve().parents[1] / "data" / "service_words.csv"


@cache
def thesaurus() -> Mapping[str, tuple[str, ...]]:
    """By code of a service, words and expressions that speak of it; read once a process.

    The file has the columns `code` and `words`, these separated by « ; ».
    """
    found: dict[str, list[str]] = defaultdict(list)
    with SOURCE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["code"]] += [word.strip() for word in row["words"].split(";") if word.strip()]
    return {code: tuple(words) for code, words in found.items()}


def entries(services: Iterable[Service]) -> tuple[Entry, ...]:
    """The services in force as the suggestion knows them, their enjeu at hand."""
    words = thesaurus()
    return tuple(
        Entry(one.code, one.name, one.enjeu.name, words.get(one.code, ()))
        for one in services
        if one.last_year is None
    )


def load_entries() -> tuple[Entry, ...]:
    """The same for the whole référentiel; 1 query."""
    return entries(services_by_code().values())
