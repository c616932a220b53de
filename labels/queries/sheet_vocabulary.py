"""What the filters of fiches know: the référentiel, the places, and the fixed lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Case, CharField, F, QuerySet, Value, When
from django.db.models.functions import Cast

from atlaas.choices import SheetKind
from atlaas.models import Collectivity, Departement, Enjeu, Family, Region, Service
from atlaas.models.public_sheet import FRENCH
from labels.choices import Category
from labels.rules.sheet_filters import (
    FILTERS,
    RUNNING,
    SIZES,
    Choice,
    Reading,
    Unread,
    Vocabulary,
    cleaned,
    parse,
    shortened,
)

YEARS = range(1999, 2200)  # as editions
COLUMNS = ("filter_name", "filter_value", "filter_label", "row_key", "is_proposal", "row_rank", "row_word")


@dataclass(frozen=True)
class Question(Reading):
    """What was read of a URL, with the vocabulary it was read by."""

    vocabulary: Vocabulary = field(default_factory=dict)


def read(parameters: Mapping[str, str]) -> Question:
    """Read a URL's parameters against what is known today; a text in which nothing can be searched asks nothing.

    One query, one more when a collectivité is asked, and one more with a text.
    """
    known = vocabulary(cleaned(parameters.get("collectivite", "")))
    found = parse(parameters, known)
    if found.filters.q and not _has_words(found.filters.q):
        told = Unread(
            "q", f"« {shortened(found.filters.q)} » ne contient aucun mot que l’on puisse chercher."
        )
        return Question(found.filters.without("q"), (told, *found.unread), known)
    return Question(found.filters, found.unread, known)


def _has_words(q: str) -> bool:
    """Whether something is left of a text without its signs and the words that stand everywhere (« le », « de »)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT numnode(websearch_to_tsquery(%s::regconfig, %s))", [FRENCH, q])
        return bool(cursor.fetchone()[0])


def vocabulary(collectivity_code: str = "") -> Vocabulary:
    """Every value that a filter may take; of the collectivités only the one that is asked."""
    known: dict[str, dict[str, Choice]] = {name: {} for name in FILTERS} | {
        "categorie": _fixed(Category.choices),
        "taille": {one.value: one for one in SIZES},
        "nature": _fixed(SheetKind.choices),
        "encours": {one.value: one for one in RUNNING},
        "annee": {str(year): Choice(str(year), str(year)) for year in YEARS},
        "collectivite": _collectivity(collectivity_code),
    }
    for name, value, label, key, is_proposal, _rank, _word in _rows():
        known[name][value] = Choice(value, label, key, bool(is_proposal))
    return known


def _fixed(choices: list[tuple[str, str]]) -> dict[str, Choice]:
    return {value: Choice(value, label) for value, label in choices}


def _collectivity(code: str) -> dict[str, Choice]:
    if not code:
        return {}
    found = Collectivity.objects.filter(code=code.upper()[:9]).values_list("pk", "name").first()
    return {code: Choice(code.upper(), found[1], str(found[0]))} if found else {}


def _rows() -> QuerySet[Any, Any]:
    """The lines of five tables as `COLUMNS`, each filter in its own order; one query."""
    parts = [
        _part(Family, "famille", "slug", rank="position"),
        _part(Enjeu, "enjeu", "slug", rank="position", attested="is_attested"),
        _part(Service, "service", "code", rank="position", attested="is_attested"),
        _part(Region, "region", "slug", word="sort_key"),
        _part(Departement, "departement", "code", word="code"),
    ]
    return parts[0].union(*parts[1:], all=True).order_by("row_rank", "row_word", "filter_value")


def _part(
    model: Any, name: str, value: str, *, rank: str = "", word: str = "", attested: str = ""
) -> QuerySet[Any, Any]:
    """A table ordered by a number (`rank`) or by a text (`word`)."""
    number, text = BigIntegerField(), CharField()
    proposal = Case(When(**{attested: False}, then=1), default=0, output_field=number) if attested else None
    columns = {
        "filter_name": Value(name, text),
        "filter_value": Cast(value, text),
        "filter_label": Cast("name", text),
        "row_key": Cast("pk", text),
        "is_proposal": proposal or Value(0, number),
        "row_rank": Cast(rank, number) if rank else Value(0, number),
        "row_word": Cast(F(word), text) if word else Value("", text),
    }
    rows: QuerySet[Any, Any] = model.objects.order_by().annotate(**columns).values_list(*COLUMNS)
    return rows
