"""Similar collectivités: same category, nearest in population and, if wanted, in distance; never a rank.

Only those with a fiche that counts: the others would say nothing of what is usual.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from atlaas.choices import CollectivityKind
from atlaas.models import Collectivity
from atlaas.rules.distance import km_between
from labels.choices import Category
from labels.models import Candidacy, Edition
from labels.queries.counting import counting
from labels.rules.category import category_of
from labels.rules.peers import PROPOSED, Group


@dataclass(frozen=True, slots=True)
class Peer:
    """A similar collectivité; `km` is None where one of the two has no point."""

    pk: int
    code: str
    name: str
    slug: str
    population: int | None
    km: float | None


WHOLE = Group()


def peers_of(place: Collectivity, edition: Edition, day: date, group: Group = WHOLE) -> list[Peer]:
    """Those proposed, by nearness of population, then those added by hand, in the order of names; two queries.

    Populations are compared by their ratio: 800 inhabitants are as
    far from 1,600 as 8,000 from 16,000.
    """
    mine = _category(place, edition)
    rows = [
        Peer(pk, code, name, slug, population, _km(place, lon, lat))
        for pk, code, name, slug, population, lon, lat in _candidates(place, edition, day, mine, group.added)
    ]
    kept = [one for one in rows if one.code not in group.left_out and one.code not in group.added]
    if group.within is not None:
        kept = [one for one in kept if one.km is not None and one.km <= group.within]
    kept.sort(key=lambda one: (_apart(place.population, one.population), one.code))
    by_hand = [one for one in rows if one.code in group.added and one.code not in group.left_out]
    return sorted([*kept[:PROPOSED], *by_hand], key=lambda one: one.name)


def _candidates(
    place: Collectivity, edition: Edition, day: date, category: Category | None, added: Collection[str]
) -> Sequence[tuple[Any, ...]]:
    counted = Exists(counting(edition, day).filter(collectivity=OuterRef("pk")))
    told = Candidacy.objects.filter(edition=edition, collectivity=OuterRef("pk")).values("category")
    rows = Collectivity.objects.current().alias(told=Subquery(told)).exclude(pk=place.pk)
    computed = Q(told=None) & _computed(category, edition)
    found = rows.filter(Q(code__in=list(added)) | Q(told=category) | computed, counted)
    return list(found.values_list("pk", "code", "name", "slug", "population", "lon", "lat"))


def names_of(codes: Collection[str]) -> dict[str, str]:
    """By code, the names of the collectivités that exist today; no query for no code."""
    if not codes:
        return {}
    return dict(Collectivity.objects.current().filter(code__in=codes).values_list("code", "name"))


def _computed(category: Category | None, edition: Edition) -> Q:
    """What the population alone says, where no candidacy of the edition says otherwise."""
    commune = Q(kind=CollectivityKind.COMMUNE)
    below = edition.rulebook.village_below
    match category:
        case Category.TERRITOIRE:
            return ~commune
        case Category.VILLAGE:
            return commune & Q(population__lt=below)
        case _:
            return commune & Q(population__gte=below)


def _category(place: Collectivity, edition: Edition) -> Category | None:
    """That of its candidacy, which an organiser may have granted; else the one that its population gives."""
    stored = Candidacy.objects.filter(edition=edition, collectivity=place).values_list("category", flat=True)
    if found := stored.first():
        return Category(found)
    return category_of(place.kind, place.population, village_below=edition.rulebook.village_below)


def _apart(mine: int | None, other: int | None) -> float:
    if not mine or not other:
        return float("inf")
    return abs(log(mine / other))


def _km(place: Collectivity, lon: float | None, lat: float | None) -> float | None:
    if place.lon is None or place.lat is None or lon is None or lat is None:
        return None
    return km_between(place.lon, place.lat, lon, lat)
