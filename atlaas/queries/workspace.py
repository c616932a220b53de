"""The people’s space: which collectivités one serves, what waits there, the fiches of one of them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.utils import timezone

from atlaas.choices import Role, SheetState
from atlaas.models import Collectivity, PublicSheet, Sheet, User, Withdrawal
from atlaas.queries.right import Right, rights_of
from atlaas.rules.mandate import months_after
from atlaas.rules.text import fold

STALE_MONTHS = 24
TO_PUBLISH = Q(state=SheetState.DRAFT) | Q(state=SheetState.PUBLISHED, version__gt=F("published_version"))


@dataclass(frozen=True)
class Counts:
    """Fiches of a collectivité by state; `changed` are published ones with text that waits to be published."""

    draft: int = 0
    published: int = 0
    archived: int = 0
    withdrawn: int = 0
    changed: int = 0
    stale: int = 0
    last: dt.datetime | None = None

    @property
    def total(self) -> int:
        return self.draft + self.published + self.archived + self.withdrawn

    @property
    def to_publish(self) -> int:
        return self.draft + self.changed


@dataclass(frozen=True)
class Served:
    """A collectivité for which the person may act, by which right, and how its fiches stand."""

    collectivity: Collectivity
    right: Right
    counts: Counts = field(default_factory=Counts)

    @property
    def publishes(self) -> bool:
        return self.right.covers(Role.PUBLISHER)


def served(user: User) -> list[Served]:
    """Every collectivité of a person, their own first, then by name (four queries)."""
    rights = rights_of(user)
    counts = counts_of(rights)
    rows = [Served(place, right, counts.get(place.pk, Counts())) for place, right in rights.items()]
    return sorted(rows, key=lambda one: (one.right.mandate is not None, one.collectivity.sort_key))


def counts_of(collectivities: Iterable[Collectivity]) -> dict[int, Counts]:
    """How the fiches of each stand (two queries); those without any fiche are not there."""
    keys = [one.pk for one in collectivities]
    rows = (
        Sheet.objects.filter(collectivity__in=keys)
        .order_by()
        .values("collectivity")
        .annotate(
            **{str(state): Count("pk", filter=Q(state=state)) for state in SheetState},
            changed=Count("pk", filter=TO_PUBLISH & Q(state=SheetState.PUBLISHED)),
            last=Max("saved_at"),
        )
    )
    stale = dict(
        stale_sheets()
        .filter(collectivity__in=keys)
        .order_by()
        .values_list("collectivity")
        .annotate(Count("pk"))
    )
    return {row["collectivity"]: _counts(row, stale.get(row["collectivity"], 0)) for row in rows}


def _counts(row: Mapping[str, Any], stale: int) -> Counts:
    return Counts(**{name: value for name, value in row.items() if name != "collectivity"}, stale=stale)


def stale_sheets() -> QuerySet[PublicSheet]:
    """Running actions that nobody updated for two years: they no longer tell how things are."""
    limit = months_after(timezone.localdate(), -STALE_MONTHS)
    return PublicSheet.objects.filter(is_running=True, updated_at__lt=timezone.make_aware(midnight(limit)))


def midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time())


def drafts_of(rows: Iterable[Served]) -> QuerySet[Sheet]:
    """The drafts of these collectivités, the last one written first."""
    keys = [one.collectivity.pk for one in rows if one.counts.draft]
    found = Sheet.objects.filter(collectivity__in=keys, state=SheetState.DRAFT)
    return found.select_related("collectivity", "saved_by")


def to_contest(rows: Iterable[Served]) -> QuerySet[Withdrawal]:
    """Withdrawals in force that these collectivités have not contested."""
    keys = [one.collectivity.pk for one in rows if one.counts.withdrawn]
    found = Withdrawal.objects.filter(sheet__collectivity__in=keys, lifted_at=None, contested_at=None)
    return found.filter(sheet__state=SheetState.WITHDRAWN).select_related("sheet__collectivity")


# What a link of the page asks → the fiches that answer it.
STATES = {
    "brouillons": Q(state=SheetState.DRAFT),
    "a-publier": TO_PUBLISH,
    "publiees": Q(state=SheetState.PUBLISHED),
    "archivees": Q(state=SheetState.ARCHIVED),
    "retirees": Q(state=SheetState.WITHDRAWN),
}


def sheets_of(collectivity: Collectivity, *, state: str = "", words: str = "") -> QuerySet[Sheet]:
    """The fiches asked for, the last one written first; each word is looked for in the title and the sentence, accents apart."""
    found = collectivity.sheets.select_related("saved_by")
    if state in STATES:
        found = found.filter(STATES[state])
    elif state == "a-renouveler":
        found = found.filter(pk__in=stale_sheets().values("pk"))
    for word in fold(words[:200]).split():
        found = found.filter(Q(title__unaccent__icontains=word) | Q(summary__unaccent__icontains=word))
    return found
