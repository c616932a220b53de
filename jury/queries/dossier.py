"""The dossiers of a juror: their list, where one stands in it, and what was judged before of the same place."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now

from atlaas.queries.succession import former_codes
from atlaas.rules.text import fold
from jury.models import Assignment, Evaluation, Juror
from jury.queries.door import judged_by, ties_met
from jury.rules.dossier import Dossier, merged, read
from labels.models import Award, Candidacy

ASSIGNED = "confies"


@dataclass(frozen=True, slots=True)
class Criteria:
    """The filters of the list; empty ones ask nothing."""

    who: str = ""
    category: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a dossier stands in the list that a juror goes through; `rank` of `total` among those of its kind."""

    is_assigned: bool
    rank: int
    total: int
    previous: UUID | None
    next: UUID | None


def shelf(juror: Juror, criteria: Criteria | None = None) -> QuerySet[Any]:
    """The dossiers that a juror may read, entrusted ones first; each with `is_assigned` and `own_state` ("" : not begun)."""
    asked = criteria or Criteria()
    own = Evaluation.objects.filter(juror=juror, candidacy=OuterRef("pk"))
    rows = judged_by(juror).annotate(
        is_assigned=Exists(Assignment.objects.filter(juror=juror, candidacy=OuterRef("pk"))),
        own_state=Subquery(own.values("state")[:1]),
    )
    if asked.who == ASSIGNED:
        rows = rows.filter(is_assigned=True)
    if asked.category:
        rows = rows.filter(category=asked.category)
    if asked.text:
        rows = rows.filter(collectivity__sort_key__contains=fold(asked.text))
    return rows.order_by("-is_assigned", "collectivity__sort_key", "pk")


def shelf_rows(juror: Juror, criteria: Criteria) -> QuerySet[Any]:
    """The same with what a line of the list shows, and without any document."""
    place = ("collectivity__region", "collectivity__departement")
    return shelf(juror, criteria).select_related(*place)


def standing_of(juror: Juror, candidacy: Candidacy, criteria: Criteria) -> Standing:
    """Its neighbours under the filters of the list, or in the whole list when they leave it out; one or two queries."""
    rows = list(shelf(juror, criteria).values_list("pk", "is_assigned"))
    if candidacy.pk not in dict(rows):
        rows = list(shelf(juror).values_list("pk", "is_assigned"))
    keys = [pk for pk, _ in rows]
    at, kinds = keys.index(candidacy.pk), dict(rows)
    alike = [pk for pk in keys if kinds[pk] == kinds[candidacy.pk]]
    return Standing(
        is_assigned=kinds[candidacy.pk],
        rank=alike.index(candidacy.pk) + 1,
        total=len(alike),
        previous=keys[at - 1] if at else None,
        next=keys[at + 1] if at + 1 < len(keys) else None,
    )


@dataclass(frozen=True, slots=True)
class Past:
    """What was judged before of a place (None: nothing, it is its first dossier), and the levels it won."""

    dossier: Dossier | None
    awards: Sequence[Award]


def past_of(juror: Juror, candidacy: Candidacy) -> Past:
    """Of the collectivité and of those it took over, but never of one that the juror is tied to; three queries."""
    former = former_codes(candidacy.collectivity)
    own = Q(collectivity=candidacy.collectivity_id)
    places = Q(own | Q(collectivity__code__in=former), ~Exists(ties_met(juror)))
    return Past(merged(_filed_before(candidacy, places)), _awards(candidacy, places))


def _filed_before(candidacy: Candidacy, places: Q) -> list[Dossier]:
    """What they filed for the latest edition before that any of them filed for; its own dossier first."""
    rows = Candidacy.objects.filter(
        places, filed__isnull=False, edition__year__lt=candidacy.edition.year
    ).exclude(edition__closes_at__gt=Now())
    latest = rows.order_by("-edition__year").values("edition__year")[:1]
    found = list(
        rows.filter(edition__year=Subquery(latest))
        .order_by("collectivity__sort_key", "pk")
        .values_list("collectivity", "filed__document")
    )
    found.sort(key=lambda row: row[0] != candidacy.collectivity_id)
    return [read(document) for _, document in found]


def _awards(candidacy: Candidacy, places: Q) -> list[Award]:
    """What anybody may read, the newest first."""
    rows = Award.objects.visible_to(AnonymousUser()).filter(places, edition__year__lt=candidacy.edition.year)
    return list(rows.select_related("edition", "collectivity").order_by("-edition__year", "collectivity"))
