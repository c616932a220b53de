"""The fiches that meet what is asked: read by the list, the feed, the map, the API and the alerts alike."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchQuery
from django.db.models import Q, QuerySet

from atlaas.models import PublicSheet
from atlaas.models.public_sheet import FRENCH
from labels.queries.category import CategoryRule, category_rule
from labels.queries.sheet_estimate import latest_first
from labels.rules.sheet_filters import BANDS, Choice, SheetFilters

PARIS = ZoneInfo("Europe/Paris")
# filter of the URL → column that holds what it names (the key of a row, or the value itself), or an array of keys
ARRAYS = {"famille": "family_ids", "enjeu": "enjeu_ids", "service": "service_ids"}
COLUMNS = {"region": "region", "departement": "departement", "collectivite": "collectivity", "nature": "kind"}
QUOTES = str.maketrans("«»“”", '""""')  # PostgreSQL knows the straight ones only
FOUND_MOST = 1000  # beyond, people read « plus de 1 000 »


def text_query(q: str) -> SearchQuery:
    """What people type, as searches of the web read it: words, « exact phrases », -without, or."""
    return SearchQuery(q.translate(QUOTES), config=FRENCH, search_type="websearch")


def matching(filters: SheetFilters, user: object, rule: CategoryRule | None = None) -> QuerySet[PublicSheet]:
    """The public fiches that meet every condition, in no order.

    `rule` spares the two queries that a category asks, when the caller has read it already.
    """
    found = searched(filters, user)
    if filters.categorie and rule is None:
        rule = category_rule(user)
    for name, chosen in filters.chosen.items():
        found = found.filter(condition(name, chosen, rule))
    return found


def searched(filters: SheetFilters, user: object) -> QuerySet[PublicSheet]:
    """The public fiches where the text stands, whatever the filters."""
    found: QuerySet[PublicSheet] = PublicSheet.objects.visible_to(user).order_by()
    return found.filter(search=text_query(filters.q)) if filters.q else found


def count(filters: SheetFilters, user: object, rule: CategoryRule | None = None) -> int:
    """How many there are, `FOUND_MOST + 1` standing for more."""
    found = matching(filters, user, rule)
    return (latest_first(found) if filters.q else found).values("pk")[: FOUND_MOST + 1].count()


def condition(name: str, chosen: Choice, rule: CategoryRule | None) -> Q:
    """One filter as a condition on public fiches; `rule` is needed for a category only."""
    if name in ARRAYS:
        return Q(**{f"{ARRAYS[name]}__contains": [int(chosen.key)]})
    if name in COLUMNS:
        return Q(**{COLUMNS[name]: chosen.key or chosen.value})
    if name == "categorie" and rule:
        return rule.condition(chosen.value)
    if name == "taille":
        return size_condition(chosen.value)
    return Q(is_running=chosen.value == "oui") if name == "encours" else _year(int(chosen.value))


def size_condition(value: str) -> Q:
    """The inhabitants of one of `BANDS`."""
    band = next(band for band in BANDS if band.value == value)
    met = Q(population__gte=band.least)
    return met if band.under is None else met & Q(population__lt=band.under)


def _year(year: int) -> Q:
    """Last updated that year, on the clock of Paris."""
    return Q(
        updated_at__gte=datetime(year, 1, 1, tzinfo=PARIS),
        updated_at__lt=datetime(year + 1, 1, 1, tzinfo=PARIS),
    )
