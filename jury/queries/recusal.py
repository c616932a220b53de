"""Ties as they are listed, and what they take away: dossiers, assignments, evaluations."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from atlaas.models import Collectivity
from atlaas.queries.lookup import find_collectivities
from jury.models import Assignment, Evaluation, Juror, Recusal
from jury.queries.door import tied_to
from jury.rules.recusal import brought
from labels.models import Edition


@dataclass(frozen=True)
class Candidate:
    """A collectivité that a search found, with what a tie to it would bring."""

    collectivity: Collectivity
    brings: str


@dataclass(frozen=True)
class TieLine:
    recusal: Recusal
    brings: str


def ties_of(juror: Juror) -> list[TieLine]:
    """The ties in force of a juror, each with what it brings on the map of the day (one query)."""
    rows = Recusal.objects.filter(juror=juror, dismissed_at=None).annotate(
        brought_members=Count("collectivity__members"), brought_group=F("collectivity__epci__name")
    )
    found = rows.select_related("collectivity__departement", "collectivity__region", "by")
    return [TieLine(one, _brought(one)) for one in found.order_by("collectivity__sort_key", "pk")]


def dismissed_of(juror: Juror) -> QuerySet[Recusal]:
    """The ties that were dismissed, with who did it and why."""
    rows: QuerySet[Recusal] = Recusal.objects.filter(juror=juror, dismissed_at__isnull=False)
    return rows.select_related("collectivity", "dismissed_by").order_by("-dismissed_at", "pk")


def has_ties(juror: Juror) -> bool:
    return Recusal.objects.filter(juror=juror, dismissed_at=None).exists()


def to_tie(words: str) -> list[Candidate]:
    """The collectivités that a text means, twelve at most (two queries)."""
    return with_brought(find_collectivities(words))


def with_brought(places: Iterable[Collectivity]) -> list[Candidate]:
    """Each with what a tie to it brings (one query for all)."""
    keys = [one.pk for one in places]
    facts = Collectivity.objects.filter(pk__in=keys).order_by()
    rows = facts.annotate(number=Count("members")).values_list("pk", "epci__name", "number")
    known = {pk: brought(group=group or "", members=number) for pk, group, number in rows}
    return [Candidate(one, known[one.pk]) for one in places]


def in_force() -> Q:
    """A tie between the outer row's juror and its candidacy's collectivité, its EPCI or one of its communes."""
    place = OuterRef("candidacy__collectivity")
    met = Q(collectivity=place) | Q(collectivity__epci=place) | Q(collectivity__members=place)
    return Q(juror=OuterRef("juror"), dismissed_at=None) & met


def counted_evaluations(edition: Edition) -> QuerySet[Evaluation]:
    """The evaluations that anybody may see or count: none of who left, none of who is tied to the dossier since."""
    found: QuerySet[Evaluation] = Evaluation.objects.filter(
        candidacy__edition=edition,
        juror__edition=edition,
        juror__left_at=None,
        juror__declared_at__isnull=False,
    )
    return found.filter(~Exists(Recusal.objects.filter(in_force())))


def unbegun_assignments(juror: Juror) -> QuerySet[Assignment]:
    """The dossiers entrusted to a juror of which they wrote nothing yet."""
    begun = Evaluation.objects.filter(juror=OuterRef("juror"), candidacy=OuterRef("candidacy"))
    found: QuerySet[Assignment] = Assignment.objects.filter(~Exists(begun), juror=juror)
    return found


def tied_assignments(juror: Juror) -> QuerySet[Assignment]:
    """Those of them that a tie takes away."""
    return unbegun_assignments(juror).filter(candidacy__collectivity__in=tied_to(juror))


def _brought(one: Recusal) -> str:
    facts = vars(one)
    return brought(group=facts["brought_group"] or "", members=facts["brought_members"])
