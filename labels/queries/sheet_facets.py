"""How many fiches each value of each filter would find, in one statement.

A filter never narrows its own list: what a value shows is what choosing it instead would find. So each row carries the
filters that it misses, as bits; a list counts the rows that miss nothing, or nothing but its own filter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable, RawSQL

from atlaas.models import PublicSheet
from labels.queries.category import CategoryRule
from labels.queries.sheet_search import ARRAYS, condition, searched, size_condition
from labels.rules.sheet_filters import BANDS, FACETS, Choice, SheetFilters, Vocabulary

BITS = {name: 1 << rank for rank, name in enumerate(FACETS)}
SCALARS = tuple(name for name in FACETS if name not in ARRAYS)
COLUMNS = tuple(f"f_{name}" for name in SCALARS)

# The rows are folded first into profiles, the fiches that no filter tells apart: the index `public_sheet_facets` holds them
# in that order, so that everything is counted without reading the table. What follows reads the profiles as if they were
# the table (a name given in WITH stands before that of a table), each with `n`, the number of its fiches.
PROFILE = (
    "collectivity_id",
    "service_ids",
    "kind",
    "is_running",
    "updated_year",
    "region_id",
    "departement_id",
    "collectivity_kind",
    "population",
    "enjeu_ids",
    "family_ids",
)
STATEMENT = """
WITH {table} AS {kept} MATERIALIZED ({profiles}),
base ({columns}) AS MATERIALIZED ({base}),
cells AS (
    SELECT miss, f_region, f_departement, f_categorie, f_taille, f_nature, f_encours, f_annee, sum(n) AS n
    FROM base GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
),
sorted AS (
    SELECT miss, service_ids, enjeu_ids, family_ids, sum(n) AS n FROM base GROUP BY 1, 2, 3, 4
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
    profiles, found_by = _profiles(filters, rule, user).query.sql_with_params()
    base, parameters = _base(filters, rule).query.sql_with_params()
    lists = [SCALAR.format(name=name, bit=BITS[name]) for name in SCALARS]
    lists += [ARRAY.format(name=name, column=column, bit=BITS[name]) for name, column in ARRAYS.items()]
    statement = STATEMENT.format(
        table=PublicSheet._meta.db_table,  # noqa: SLF001 (Django documents _meta)
        kept="NOT" if filters.q else "",
        profiles=profiles,
        base=base,
        columns=", ".join(["miss", *COLUMNS, *ARRAYS.values(), "n"]),
        lists="\nUNION ALL ".join([*lists, TOTAL]),
    )
    found: dict[str, dict[str, int]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, (*found_by, *parameters))
        for name, value, number in cursor.fetchall():
            found.setdefault(name, {})[value or ""] = number
    return found


def _profiles(filters: SheetFilters, rule: CategoryRule, user: object) -> QuerySet[PublicSheet, Any]:
    """The columns of `PROFILE`, and how many fiches share them."""
    found = searched(filters, user)
    if filters.collectivite:
        found = found.filter(condition("collectivite", filters.collectivite, rule))
    # Those of a text are read from the table, in no order: to fold them takes longer than to count them one by one.
    folded: QuerySet[PublicSheet, Any] = found.values(*PROFILE)
    return folded.annotate(n=Value(1) if filters.q else Count("*"))


def _base(filters: SheetFilters, rule: CategoryRule) -> QuerySet[PublicSheet, Any]:
    """One row a profile that misses at most one filter: what it misses, the values it is counted under, its number."""
    rows = PublicSheet.objects.order_by()
    chosen = {name: one for name, one in filters.chosen.items() if name in BITS}
    rows = rows.annotate(miss=_missed(chosen, rule), n=RawSQL("n", ()))
    if chosen:
        rows = rows.filter(miss__in=[0, *(BITS[name] for name in chosen)])
    return rows.annotate(**_values(rule)).values_list("miss", *COLUMNS, *ARRAYS.values(), "n")


def _missed(chosen: Mapping[str, Choice], rule: CategoryRule) -> Combinable:
    """The sum of the bits of the filters that a row does not meet."""
    total: Combinable = Value(0, IntegerField())
    for name, one in chosen.items():
        met = When(_condition(name, one, rule), then=Value(0))
        total = total + Case(met, default=Value(BITS[name]), output_field=IntegerField())
    return total


def _condition(name: str, chosen: Choice, rule: CategoryRule) -> Q:
    """As `condition`, on what a profile holds: the year of the update, not its time."""
    return Q(updated_year=int(chosen.value)) if name == "annee" else condition(name, chosen, rule)


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
        "f_annee": F("updated_year"),
    }
