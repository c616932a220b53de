"""The mosaic of a collectivité for an edition, read by its pages and by the snapshot alike."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from atlaas.choices import RevisionKind
from atlaas.models import Collectivity, PublicSheet, Revision, Service, SheetStep
from atlaas.queries.succession import former_codes
from labels.models import Edition, NotConcerned
from labels.queries.closing import Closing, closings_of
from labels.queries.counting import counting
from labels.rules.counting import counts
from labels.rules.mosaic import Mosaic, Place, Tile, arranged, in_force

# The order of the référentiel, and what a tile tells of a service.
IN_ORDER = ("enjeu__family__position", "enjeu__family_id", "enjeu__position", "enjeu_id", "position", "pk")
TOLD = ("pk", "code", "name", "is_attested", "enjeu__family__name", "enjeu__code", "enjeu__name")

# Steps that take a fiche out of public sight; any other step of LIFE puts it back.
GONE = ("archive", "withdraw")
LIFE = (*GONE, *RevisionKind.values, "lift")

Row = tuple[Any, ...]  # a service, as TOLD says


@dataclass(frozen=True, slots=True)
class Shown:
    """The mosaic of a page, and the day on which its fiches are counted: today, or the closing once it is past.

    `enjeux`: by key of a service, the code of its enjeu.
    """

    mosaic: Mosaic
    day: date
    is_closed: bool
    enjeux: Mapping[int, str]


def mosaic_shown(edition: Edition, collectivity: Collectivity, *, compares: bool = True) -> Shown:
    """The fiches of today while the edition is open; those of its closing ever after.

    At most seven queries; four when it is not compared with the edition before.
    """
    ends = closings_of(edition, collectivity)
    rows = _services(edition)
    own = ends.own if ends.own and ends.own.is_past else None
    day = timezone.localdate(own.at) if own else timezone.localdate()
    now = _held(own, collectivity) if own else _living(edition, collectivity, day, rows)
    aside = _aside(collectivity, own.at if own else None)
    before = _before(ends.previous, collectivity, rows) if compares else None
    enjeux = {pk: enjeu for pk, _code, _name, _attested, _family, enjeu, _label in rows}
    return Shown(_arranged(rows, now, before, aside), day, is_closed=own is not None, enjeux=enjeux)


def said_not_concerned(collectivity: Collectivity) -> dict[str, str]:
    """By code of service, why it is not concerned ("" : no reason was given); one query."""
    answers = NotConcerned.objects.filter(collectivity=collectivity)
    return dict(answers.values_list("service__code", "reason"))


def mosaic_of_dossier(edition: Edition, collectivity: Collectivity, sheets: Iterable[PublicSheet]) -> Mosaic:
    """The picture of these very fiches, each read as its published revision; at most six queries."""
    rows = _services(edition)
    now = Counter(code for one in sheets for code in set(one.revision.content["services"]))
    before = _before(closings_of(edition, collectivity).previous, collectivity, rows)
    return _arranged(rows, now, before, _aside(collectivity, None))


def _arranged(
    rows: Iterable[Row], now: Mapping[str, int], before: Mapping[str, int] | None, aside: Collection[int]
) -> Mosaic:
    return arranged(_place(one, now, before, is_concerned=one[0] not in aside) for one in rows)


def _place(
    row: Row, now: Mapping[str, int], before: Mapping[str, int] | None, *, is_concerned: bool
) -> Place:
    _pk, code, name, is_attested, family, enjeu, enjeu_name = row
    past = None if before is None else before.get(code, 0)
    return Place(
        family, enjeu, enjeu_name, Tile(code, name, now.get(code, 0), past, is_concerned, is_attested)
    )


def _services(edition: Edition) -> list[Row]:
    rows = Service.objects.of_year(edition.referential_year or edition.year)
    return list(rows.order_by(*IN_ORDER).values_list(*TOLD))


def _aside(collectivity: Collectivity, until: datetime | None) -> set[int]:
    """The services said « non concerné », by then when a closing is given."""
    answers = NotConcerned.objects.filter(collectivity=collectivity)
    if until:
        answers = answers.filter(at__lt=until)
    return set(answers.values_list("service_id", flat=True))


def _living(
    edition: Edition, collectivity: Collectivity, day: date, rows: Iterable[Row]
) -> Mapping[str, int]:
    sheets = counting(edition, day).filter(collectivity=collectivity)
    found = Counter(pk for keys in sheets.values_list("service_ids", flat=True) for pk in set(keys))
    return {row[1]: found[row[0]] for row in rows}


def _held(own: Closing, collectivity: Collectivity) -> Mapping[str, int]:
    return Counter(code for one in _standing(own, [collectivity.code]) for code in one)


def _before(
    last: Closing | None, collectivity: Collectivity, rows: Iterable[Row]
) -> Mapping[str, int] | None:
    """By code of today's référentiel, what counted when the last edition closed; None while there is no such day.

    The fiches of the collectivités that this one took over are counted with its own; a service that was replaced
    meanwhile is told under those that replace it.
    """
    if last is None or not last.is_past:
        return None
    sheets = _standing(last, [collectivity.code, *former_codes(collectivity)])
    known = {row[1] for row in rows}
    gone = {code for one in sheets for code in one} - known
    heirs = _heirs() if gone else {}
    return Counter(code for one in sheets for code in in_force(one, known, heirs))


def _heirs() -> Mapping[str, Collection[str]]:
    """By code of a service, the codes of those that replace it."""
    found: dict[str, list[str]] = {}
    pairs = Service.objects.filter(replaced_by__isnull=False).values_list("code", "replaced_by__code")
    for code, heir in pairs:
        found.setdefault(code, []).append(heir)
    return found


def _standing(end: Closing, codes: Sequence[str]) -> list[set[str]]:
    """The services of each fiche that counted at a closing, of the collectivités of these codes.

    Each fiche is read as its last revision before that instant, left out when its last step of life by then was a
    retirement, and counted by the limit of that edition.
    """
    day, years = timezone.localdate(end.at), end.edition.rulebook.fresh_years
    rows = _published(end.at, codes).values_list("content", "at")
    return [_services_of(content, timezone.localdate(at), day, years) for content, at in rows]


def _services_of(content: Mapping[str, Any], told_on: date, day: date, years: int) -> set[str]:
    found = set(content["services"])
    counted = counts(
        is_published=True,
        services=len(found),
        is_running=content["is_running"],
        told_on=told_on,
        day=day,
        years=years,
    )
    return found if counted else set()


def _published(at: datetime, codes: Sequence[str]) -> QuerySet[Revision]:
    """What the public read at that instant: the window is half-open, so that what came at it came after."""
    revisions = Revision.objects.filter(sheet__collectivity__code__in=codes, at__lt=at)
    newest = Revision.objects.filter(sheet=OuterRef("sheet"), at__lt=at).order_by("-number").values("pk")[:1]
    steps = SheetStep.objects.filter(sheet=OuterRef("sheet"), at__lt=at, step__in=LIFE)
    life = Subquery(steps.order_by("-at", "-pk").values("step")[:1])
    found: QuerySet[Revision] = revisions.filter(pk=Subquery(newest)).annotate(life=life)
    return found.filter(~Q(life__in=GONE) | Q(life=None))
