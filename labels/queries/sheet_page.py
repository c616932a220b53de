"""One page of found fiches, by keys: the next page begins after the last line read, whatever was published meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchRank
from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast

from atlaas.models import PublicSheet
from labels.queries.category import CategoryRule
from labels.queries.sheet_estimate import latest_first
from labels.queries.sheet_headline import with_headlines
from labels.queries.sheet_search import matching, text_query
from labels.rules.sheet_cursor import Cursor
from labels.rules.sheet_filters import RELEVANCE, SheetFilters

PER_PAGE = 20
# Relevance is weighed among that many of the latest answers: a word that stands in every fiche would otherwise read them all.
RANKED_MOST = 2000
MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The lines, in order, and the cursors of the pages around (None: there is none)."""

    sheets: Sequence[PublicSheet]
    next: Cursor | None
    previous: Cursor | None


def page(
    filters: SheetFilters,
    user: object,
    rule: CategoryRule | None = None,
    *,
    after: Cursor | None = None,
    before: Cursor | None = None,
    size: int = PER_PAGE,
    is_marked: bool = True,
) -> SheetPage:
    """The page after or before a cursor, the first without; two queries, and those of `matching`.

    Found words are marked (see `queries.sheet_headline`) unless `is_marked` is false.
    """
    backwards = before is not None and after is None
    keys = list(
        _keys(matching(filters, user, rule), filters, after or before, backwards=backwards)[: size + 1]
    )
    has_more, keys = len(keys) > size, keys[:size]
    if backwards:
        keys.reverse()
    rows = PublicSheet.objects.visible_to(user).with_place()
    found = with_headlines(rows, filters.q if is_marked else "").in_bulk([pk for pk, _, _ in keys])
    sheets = [found[pk] for pk, _, _ in keys if pk in found]
    first, last = _ends(keys)
    return SheetPage(
        sheets,
        last if (has_more or backwards) else None,
        first if (has_more if backwards else after) else None,
    )


def _ends(keys: Sequence[tuple[object, int, object]]) -> tuple[Cursor | None, Cursor | None]:
    cursors = [Cursor(rank, at, pk) for pk, rank, at in keys]  # type: ignore[arg-type]
    return (cursors[0], cursors[-1]) if cursors else (None, None)


def _keys(
    found: QuerySet[PublicSheet], filters: SheetFilters, cursor: Cursor | None, *, backwards: bool
) -> "QuerySet[PublicSheet, tuple[object, int, object]]":
    """(identifier, relevance, time of the update), the most relevant or the latest first, or the other way round."""
    if filters.order == RELEVANCE:
        latest = latest_first(found).values("pk")[:RANKED_MOST]
        ranked = SearchRank(F("search"), text_query(filters.q), normalization=Value(1))
        found = PublicSheet.objects.filter(pk__in=latest).annotate(
            relevance=Cast(ranked * MILLION, IntegerField())
        )
    else:
        found = found.annotate(relevance=Value(0, IntegerField()))
    if cursor:
        found = found.filter(_beyond(cursor, by_rank=filters.order == RELEVANCE, backwards=backwards))
    by_date = ("updated_at", "-pk") if backwards else ("-updated_at", "pk")
    by_rank = ("relevance" if backwards else "-relevance",) if filters.order == RELEVANCE else ()
    return found.order_by(*by_rank, *by_date).values_list("pk", "relevance", "updated_at")


def _beyond(cursor: Cursor, *, by_rank: bool, backwards: bool) -> Q:
    """The lines after the cursor in the order of the page, or before it."""
    sense, other = ("gt", "lt") if backwards else ("lt", "gt")
    later = Q(**{f"updated_at__{sense}": cursor.at}) | Q(updated_at=cursor.at, **{f"pk__{other}": cursor.pk})
    if not by_rank:
        return Q(**{f"updated_at__{sense}e": cursor.at}) & later  # the first half alone can use the index
    return Q(**{f"relevance__{sense}": cursor.rank}) | (Q(relevance=cursor.rank) & later)
