"""The figures of an enjeu or a service: each is one query over the fiches that the public reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from atlaas.models import Enjeu, PublicSheet, Region, Service

SHOWN = 5


@dataclass(frozen=True, slots=True)
class Figures:
    """How many fiches, of how many collectivités, and how many of them are of an action that goes on."""

    sheets: int
    collectivities: int
    running: int

    @property
    def running_share(self) -> int | None:
        """Percent, rounded; None without a fiche."""
        return round(100 * self.running / self.sheets) if self.sheets else None


def of_enjeu(enjeu: Enjeu, user: object) -> QuerySet[PublicSheet]:
    found: QuerySet[PublicSheet] = PublicSheet.objects.visible_to(user)
    return found.filter(enjeu_ids__contains=[enjeu.pk])


def of_service(service: Service, user: object) -> QuerySet[PublicSheet]:
    found: QuerySet[PublicSheet] = PublicSheet.objects.visible_to(user)
    return found.filter(service_ids__contains=[service.pk])


def figures(found: QuerySet[PublicSheet]) -> Figures:
    counts = found.order_by().aggregate(
        sheets=Count("pk"),
        collectivities=Count("collectivity", distinct=True),
        running=Count("pk", filter=Q(is_running=True)),
    )
    return Figures(**counts)


def by_region(found: QuerySet[PublicSheet]) -> Sequence[Region]:
    """The régions that have some of these fiches, the most first, each with `sheets`; one query."""
    counts = (
        found.order_by().filter(region=OuterRef("pk")).values("region").annotate(n=Count("pk")).values("n")
    )
    rows = Region.objects.annotate(sheets=Coalesce(Subquery(counts), Value(0), output_field=IntegerField()))
    return list(rows.filter(sheets__gt=0).order_by("-sheets", "sort_key"))


def best_kept(found: QuerySet[PublicSheet]) -> Sequence[PublicSheet]:
    """Those worth copying today: still running, those that inspired most others first, then the last updated or confirmed."""
    inspired = (
        PublicSheet.objects.filter(inspired_by=OuterRef("pk"))
        .order_by()
        .values("inspired_by")
        .annotate(n=Count("pk"))
        .values("n")
    )
    running = found.filter(is_running=True).annotate(
        inspirations=Coalesce(Subquery(inspired), Value(0), output_field=IntegerField())
    )
    return _shown(running.order_by("-inspirations", "-updated_at", "pk"))


def latest(found: QuerySet[PublicSheet]) -> Sequence[PublicSheet]:
    """The last published for the first time."""
    return _shown(found.order_by("-published_at", "pk"))


def _shown(found: QuerySet[PublicSheet]) -> Sequence[PublicSheet]:
    return list(found.with_place().defer("text", "search")[:SHOWN])  # type: ignore[attr-defined]


def service_counts(user: object) -> dict[int, int]:
    """How many public fiches each service has, by its primary key; one query."""
    rows = (
        PublicSheet.objects.visible_to(user).order_by().annotate(one=Func("service_ids", function="unnest"))
    )
    return dict(rows.values("one").annotate(n=Count("pk")).values_list("one", "n"))


def related_services(service: Service, user: object) -> Sequence[Service]:
    """The services that share most fiches with this one, each with `shared`; two queries."""
    rows = of_service(service, user).order_by().annotate(one=Func("service_ids", function="unnest"))
    shared = dict(rows.values("one").annotate(n=Count("pk")).values_list("one", "n"))
    order = sorted((-count, pk) for pk, count in shared.items() if pk != service.pk)[:SHOWN]
    whens = [When(pk=pk, then=Value(-count)) for count, pk in order]
    found = Service.objects.filter(pk__in=[pk for _count, pk in order]).select_related("enjeu")
    ranked = found.annotate(shared=Case(*whens, default=Value(0), output_field=IntegerField()))
    return list(ranked.order_by(F("shared").desc(), "position"))
