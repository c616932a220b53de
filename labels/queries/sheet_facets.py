"""How many fiches each value of each filter would find, in one statement.

A filter never narrows its own list: what a value shows is what choosing it instead would find. So each row carries the
filters that it misses, as bits; a list counts the rows that miss nothing, or nothing but its own filter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import ExtractYear

from atlaas.models import PublicSheet
from labels.queries.category import CategoryRule
from labels.queries.sheet_search import ARRAYS, PARIS, condition, searched, size_condition
from labels.rules.sheet_filters import BANDS, FACETS, Choice, SheetFilters, Vocabulary

BITS = {name: 1 << rank for rank, name in enumerate(FACETS)}
SCALARS = tuple(name for name in FACETS if name not in ARRAYS)
COLUMNS = tuple(f"f_{name}" for name in SCALARS)

# A first pass folds the rows into few cells, the lists are summed from those.
STATEMENT = """
WITH base ({columns}) AS {kept} MATERIALIZED ({base}),
cells AS (
    SELECT miss, f_region, f_departement, f_categorie, f_taille, f_nature, f_encours, f_annee, count(*) AS n
    FROM base GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
),
sorted AS (
    SELECT miss, service_ids, enjeu_ids, family_ids, count(*) AS n FROM base GROUP BY 1, 2, 3, 4
)
{lists}
"""
SCALAR = """SELECT '{name}' AS facet, f_{name}::text AS value, sum(n)::bigint AS n
FROM cells WHERE miss IN (0, {bit}) GROUP BY f_{name}"""
ARRAY = """SELECT '{name}', one::text, sum(n)::bigint
FROM (SELECT unnest({column}) AS one, n FROM sorted WHERE miss IN (0, {bit})) AS told GROUP BY one"""
TOTAL = "SELECT 'total', '', coalesce(sum(n), 0)::bigint FROM cells WHERE miss = 0"


@dataclass(frozen=True, slots=True)
class Line:
    """A value of a facet, how many fiches it finds (None: not counted), and whether it is the one that holds."""

    choice: Choice
    count: int | None
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facets:
    """`total`: the fiches that meet every filter; `lists`: filter → its lines, those that find something or that hold."""

    total: int
    lists: Mapping[str, Sequence[Line]]


def facets(filters: SheetFilters, vocabulary: Vocabulary, rule: CategoryRule, user: object) -> Facets:
    """Every count in one query."""
    counts = _counts(filters, rule, user)
    lists = {
        name: _lines(counts.get(name, {}), vocabulary[name], filters.chosen.get(name)) for name in FACETS
    }
    return Facets(counts["total"][""], lists)


def _lines(found: Mapping[str, int], known: Mapping[str, Choice], chosen: Choice | None) -> Sequence[Line]:
    lines = ((one, found.get(one.key or one.value, 0)) for one in known.values())
    return [Line(one, count, one == chosen) for one, count in lines if count or one == chosen]


def _counts(filters: SheetFilters, rule: CategoryRule, user: object) -> Mapping[str, Mapping[str, int]]:
    base, parameters = _base(filters, rule, user).query.sql_with_params()
    lists = [SCALAR.format(name=name, bit=BITS[name]) for name in SCALARS]
    lists += [ARRAY.format(name=name, column=column, bit=BITS[name]) for name, column in ARRAYS.items()]
    statement = STATEMENT.format(
        base=base,
        columns=", ".join(["miss", *COLUMNS, *ARRAYS.values()]),
        # The index of all that is counted is quick to read twice; a text is searched once.
        kept="" if filters.q else "NOT",
        lists="\nUNION ALL ".join([*lists, TOTAL]),
    )
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        for name, value, number in cursor.fetchall():
            found.setdefault(name, {})[value or ""] = number
    return found


def _base(filters: SheetFilters, rule: CategoryRule, user: object) -> QuerySet[PublicSheet, Any]:
    """One row a fiche that misses at most one filter: what it misses, and the values it is counted under."""
    found = searched(filters, user)
    if filters.collectivite:
        found = found.filter(condition("collectivite", filters.collectivite, rule))
    chosen = {name: one for name, one in filters.chosen.items() if name in BITS}
    rows = found.annotate(miss=_missed(chosen, rule))
    if chosen:
        rows = rows.filter(miss__in=[0, *(BITS[name] for name in chosen)])
    return rows.annotate(**_values(rule)).values_list("miss", *COLUMNS, *ARRAYS.values())


def _missed(chosen: Mapping[str, Choice], rule: CategoryRule) -> Combinable:
    """The sum of the bits of the filters that a row does not meet."""
    total: Combinable = Value(0, IntegerField())
    for name, one in chosen.items():
        met = When(condition(name, one, rule), then=Value(0))
        total = total + Case(met, default=Value(BITS[name]), output_field=IntegerField())
    return total


def _values(rule: CategoryRule) -> Mapping[str, Combinable]:
    """What a row is counted under, one column a list; named apart from the columns of the table."""
    sizes = [When(size_condition(band.value), then=Value(band.value)) for band in BANDS]
    running = When(is_running=True, then=Value("oui"))
    return {
        "f_region": F("region"),
        "f_departement": F("departement"),
        "f_categorie": rule.expression(),
        "f_taille": Case(*sizes, default=Value(""), output_field=CharField()),
        "f_nature": F("kind"),
        "f_encours": Case(running, default=Value("non"), output_field=CharField()),
        "f_annee": ExtractYear("updated_at", tzinfo=PARIS),
    }
