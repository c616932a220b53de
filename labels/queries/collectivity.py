"""Find a collectivité by name (accents, hyphens and slips of the keyboard forgiven) or by code."""

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, F, FloatField, IntegerField, Q, QuerySet, When

from atlaas.models import Collectivity, Departement, Region
from atlaas.queries.succession import successor_of
from atlaas.rules.text import expanded
from labels.models import Award

LONGEST = 100


def search(
    text: str = "",
    *,
    region: Region | None = None,
    departement: Departement | None = None,
    kind: str = "",
    category: str = "",
    user: object = None,
) -> QuerySet[Collectivity]:
    """The collectivités in force that meet every condition, joined with their place.

    With a text: the exact name or code first, then names that begin with it, then the most alike. Without: alphabetical.
    `category` is the one of the latest award that `user` may see.
    """
    found = Collectivity.objects.current().with_place()
    if region:
        found = found.filter(region=region)
    if departement:
        found = found.filter(departement=departement)
    if kind:
        found = found.filter(kind=kind)
    if category:
        found = found.filter(pk__in=_won_last_as(category, user))
    return _ranked(found, text) if text.strip() else found


def name_matches(text: str, path: str = "") -> Q:
    """The condition that a name is meant by `text`; `path` leads to the collectivité (« collectivity__ »).

    Both trigram operators and the prefix use the index `collectivity_name_trigrams`.
    """
    name = expanded(text)[:LONGEST]
    met = Q(**{f"{path}code": text.strip().upper()[:LONGEST]})
    if name:
        key = f"{path}sort_key"
        met |= Q(**{f"{key}__startswith": name})
        met |= Q(**{f"{key}__trigram_similar": name}) | Q(**{f"{key}__trigram_word_similar": name})
    return met


def _ranked(found: QuerySet[Collectivity], text: str) -> QuerySet[Collectivity]:
    """Likeness is measured only where neither the name nor its beginning is met: « saint » begins 4,000 names. The largest of equals first."""
    name = expanded(text)[:LONGEST]
    exact = Q(sort_key=name) | Q(code=text.strip().upper()[:LONGEST])
    begins = Q(sort_key__startswith=name)
    rank = Case(When(exact, then=0), When(begins, then=1), default=2, output_field=IntegerField())
    likeness = Case(
        When(exact | begins, then=2.0),
        default=TrigramSimilarity("sort_key", name) + TrigramWordSimilarity(name, "sort_key"),
        output_field=FloatField(),
    )
    size = F("population").desc(nulls_last=True)
    return found.filter(name_matches(text)).order_by(rank, likeness.desc(), size, "sort_key", "code")


def _won_last_as(category: str, user: object) -> list[int]:
    last = (
        Award.objects.visible_to(user)
        .order_by("collectivity_id", "-edition__year")
        .distinct("collectivity_id")
    )
    return [pk for pk, won in last.values_list("collectivity_id", "category") if won == category]


def standing_for(code: str) -> Collectivity | None:
    """The collectivité of a code, or the one that succeeds it today; a former one that nobody took over stands for itself."""
    known = Collectivity.objects.with_place().select_related("epci").filter(code=code.upper()).first()
    return known if known and known.is_current else successor_of(code.upper()) or known
