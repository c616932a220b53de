"""The mosaic of a collectivité for an edition, read by its pages and by the snapshot alike."""

from collections import Counter
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from atlaas.choices import RevisionKind
from atlaas.models import Collectivity, Revision, Service, SheetStep
from labels.models import Edition, NotConcerned
from labels.queries.counting import counting
from labels.rules.counting import counts
from labels.rules.mosaic import Mosaic, Place, Tile, arranged

# The order of the référentiel, and what a tile tells of a service.
IN_ORDER = ("enjeu__family__position", "enjeu__family_id", "enjeu__position", "enjeu_id", "position", "pk")
TOLD = ("pk", "code", "name", "is_attested", "enjeu__family__name", "enjeu__code", "enjeu__name")

# Steps that take a fiche out of public sight; any other step of LIFE puts it back.
GONE = ("archive", "withdraw")
LIFE = (*GONE, *RevisionKind.values, "lift")


def mosaic_of(edition: Edition, collectivity: Collectivity, *, day: date) -> Mosaic:
    """Every service of the edition's référentiel, with the fiches that count on `day`; at most six queries."""
    now, before = _counts(edition, collectivity, day), _counts_before(edition, collectivity)
    answers = NotConcerned.objects.filter(collectivity=collectivity)
    aside = set(answers.values_list("service_id", flat=True))
    year = edition.referential_year or edition.year
    rows = Service.objects.of_year(year).order_by(*IN_ORDER).values_list(*TOLD)
    return arranged(_place(one, now, before, is_concerned=one[0] not in aside) for one in rows)


def _place(
    row: tuple[Any, ...], now: Counter[int], before: Counter[str] | None, *, is_concerned: bool
) -> Place:
    pk, code, name, is_attested, family, enjeu, enjeu_name = row
    past = None if before is None else before[code]
    return Place(family, enjeu, enjeu_name, Tile(code, name, now[pk], past, is_concerned, is_attested))


def _counts(edition: Edition, collectivity: Collectivity, day: date) -> Counter[int]:
    sheets = counting(edition, day).filter(collectivity=collectivity)
    return Counter(pk for keys in sheets.values_list("service_ids", flat=True) for pk in set(keys))


def _counts_before(edition: Edition, collectivity: Collectivity) -> Counter[str] | None:
    """By code, what counted when the previous edition closed: None when none had a window.

    Each fiche is read as its last revision before that closing, left out when its last step of life by then
    was a retirement, and counted by the limit of that edition.
    """
    previous = Edition.objects.with_campaign().filter(year__lt=edition.year).order_by("-year")
    last = previous.select_related("rulebook").first()
    if last is None:
        return None
    day = timezone.localdate(last.closes_at)
    rows = _published_at_closing(last, collectivity).values_list("content", "at")
    return Counter(
        code
        for content, at in rows
        for code in _codes(content, timezone.localdate(at), day, last.rulebook.fresh_years)
    )


def _codes(content: dict[str, object], told_on: date, day: date, years: int) -> set[str]:
    codes = content.get("services")
    found = {str(code) for code in codes} if isinstance(codes, list) else set()
    running = bool(content.get("is_running"))
    counted = counts(
        is_published=True,
        services=len(found),
        is_running=running,
        told_on=told_on,
        day=day,
        years=years,
    )
    return found if counted else set()


def _published_at_closing(edition: Edition, collectivity: Collectivity) -> QuerySet[Revision]:
    revisions = Revision.objects.filter(sheet__collectivity=collectivity, at__lte=edition.closes_at)
    newest = revisions.filter(sheet=OuterRef("sheet")).order_by("-number").values("pk")[:1]
    steps = SheetStep.objects.filter(sheet=OuterRef("sheet"), at__lte=edition.closes_at, step__in=LIFE)
    step = steps.order_by("-at", "-pk").values("step")[:1]
    found: QuerySet[Revision] = (
        revisions.annotate(newest=Subquery(newest), life=Subquery(step))
        .filter(pk=Subquery(newest))
        .filter(~Q(life__in=GONE) | Q(life=None))
    )
    return found
