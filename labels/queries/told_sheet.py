"""Every fiche of a collectivité as documents tell it: the words of its last version, its state, its enjeux."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Min, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.utils import timezone

from atlaas.choices import SheetState
from atlaas.models import Collectivity, Revision, Service, Sheet
from atlaas.queries.workspace import STALE_MONTHS
from atlaas.rules.mandate import months_after
from atlaas.rules.text import fold

UNSORTED = "Sans service du référentiel"


@dataclass(frozen=True, slots=True)
class ToldSheet:
    """`title` is that of the published words, of the draft where nothing was published; `first` and `last` are publications."""

    title: str
    state: str
    codes: Sequence[str]
    is_running: bool
    first: datetime | None
    last: datetime | None
    saved: datetime

    @property
    def state_words(self) -> str:
        """« publiée, à relire : plus de deux ans », « terminée », « brouillon »."""
        if self.state != SheetState.PUBLISHED:
            return str(SheetState(self.state).label)
        if not self.is_running:
            return "publiée, action terminée"
        return "publiée, à relire" if self.is_stale else "publiée"

    @property
    def is_stale(self) -> bool:
        """As the space says « à renouveler »: running, and without a word for two years."""
        if self.state != SheetState.PUBLISHED or not self.is_running or self.last is None:
            return False
        return timezone.localdate(self.last) < months_after(timezone.localdate(), -STALE_MONTHS)


def told_sheets(place: Collectivity) -> list[ToldSheet]:
    """Drafts and archives included, by title; one query whatever their number."""
    last = Revision.objects.filter(sheet=OuterRef("pk")).order_by("-number")
    rows = Sheet.objects.filter(collectivity=place).annotate(
        told=Subquery(last.annotate(words=KT("content__title")).values("words")[:1]),
        codes=Subquery(last.values("content__services")[:1]),
        running=Subquery(last.annotate(runs=KT("content__is_running")).values("runs")[:1]),
        last=Subquery(last.values("at")[:1]),
        first=Min("revisions__at"),
        drafted=ArraySubquery(Service.objects.filter(sheets=OuterRef("pk")).values("code")),
    )
    names = ("told", "title", "state", "codes", "drafted", "running", "first", "last", "saved_at")
    found = [
        ToldSheet(
            told or title or "Fiche sans titre",
            state,
            drafted if codes is None else codes,
            running == "true",
            first,
            at,
            saved,
        )
        for told, title, state, codes, drafted, running, first, at, saved in rows.values_list(*names)
    ]
    return sorted(found, key=lambda one: fold(one.title))


def by_enjeu(sheets: Iterable[ToldSheet]) -> list[tuple[str, list[ToldSheet]]]:
    """Under each enjeu, in the order of the référentiel, the fiches that one of its services holds; one query.

    A fiche of several enjeux stands under each of them; those without a service come last.
    """
    places = _places()
    found: dict[tuple[tuple[int, int], str], list[ToldSheet]] = {}
    for one in sheets:
        under = {places[code] for code in one.codes if code in places} or {((10**6, 0), UNSORTED)}
        for place in under:
            found.setdefault(place, []).append(one)
    return [(name, rows) for (_rank, name), rows in sorted(found.items(), key=lambda item: item[0])]


def _places() -> Mapping[str, tuple[tuple[int, int], str]]:
    """By code of a service: the rank of its enjeu, and its name."""
    rows = Service.objects.values_list("code", "enjeu__family__position", "enjeu__position", "enjeu__name")
    return {code: ((family, rank), name) for code, family, rank, name in rows}
