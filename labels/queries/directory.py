"""The list of all collectivités, as people filter it."""

from dataclasses import dataclass

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from atlaas.models import Collectivity, Departement, Region
from labels.models import Award
from labels.queries.collectivity import search
from labels.queries.member import latest_awards

PER_PAGE = 40


@dataclass(frozen=True, slots=True)
class DirectoryFilter:
    """What a reader asks; an empty value asks nothing. `labelled` keeps those that ever had a level, as far as is known."""

    q: str = ""
    region: Region | None = None
    departement: Departement | None = None
    kind: str = ""
    category: str = ""
    labelled: bool = False

    def __bool__(self) -> bool:
        return bool(self.q) or self.is_filtered

    @property
    def is_filtered(self) -> bool:
        """Whether something else than a name is asked."""
        return bool(self.region or self.departement or self.kind or self.category or self.labelled)


@dataclass(frozen=True, slots=True)
class DirectoryLine:
    """A collectivité with its place, and the newest award with a level that is known for it."""

    collectivity: Collectivity
    award: Award | None


@dataclass(frozen=True, slots=True)
class DirectoryPage:
    """`page` says where one is, `lines` what stands there."""

    page: Page[int]
    lines: list[DirectoryLine]


def directory(criteria: DirectoryFilter, user: object) -> QuerySet[Collectivity]:
    """The collectivités in force that are asked for, the best matches first."""
    found = search(
        criteria.q,
        region=criteria.region,
        departement=criteria.departement,
        kind=criteria.kind,
        category=criteria.category,
        user=user,
    )
    if criteria.labelled:
        won = Award.objects.visible_to(user).laureates().filter(collectivity=OuterRef("pk"))
        found = found.filter(Exists(won))
    return found


def directory_page(criteria: DirectoryFilter, number: str | None, user: object) -> DirectoryPage:
    """One page, the first or the last one when `number` is none of them; only its own rows are read whole."""
    ranked = directory(criteria, user).values_list("pk", flat=True)
    # A name is ranked once: the keys it meets also give the count.
    page = Paginator(list(ranked) if criteria.q else ranked, PER_PAGE).get_page(number)
    rows = Collectivity.objects.with_place().in_bulk(list(page))
    awards = latest_awards(rows.values(), user)
    return DirectoryPage(page, [DirectoryLine(rows[pk], awards.get(pk)) for pk in page])
