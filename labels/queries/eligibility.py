"""What stands in the way of a collectivité that wants to file; one query, whatever its fiches."""

from datetime import date
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from atlaas.choices import Role
from atlaas.models import Affiliation, Collectivity, Mandate, PublicSheet
from labels.choices import RequestState, SheetChoice
from labels.models import CandidacySheet, Derogation, Edition, Subscription
from labels.queries.counting import counting
from labels.rules.eligibility import Standing

PUBLISHERS = (Role.PUBLISHER, Role.MANAGER)


def standing_of(edition: Edition, collectivity: Collectivity, *, day: date | None = None) -> Standing:
    """As it is on `day` (today in Paris), for a collectivité with or without a candidacy."""
    rows = with_standing(
        Collectivity.objects.filter(pk=collectivity.pk), edition, day or timezone.localdate()
    )
    return Standing(*rows.values_list("subscribed", "kept_sheets", "has_publisher", "is_derogated").get())


def with_standing(rows: QuerySet[Collectivity], edition: Edition, day: date) -> QuerySet[Any]:
    """Collectivités with what `Standing` holds, as columns."""
    here = OuterRef("pk")
    granted = Derogation.objects.filter(edition=edition, collectivity=here, state=RequestState.GRANTED)
    publishers = Affiliation.objects.filter(collectivity=here, role__in=PUBLISHERS)
    mandates = Mandate.objects.in_force().filter(collectivity=here)
    subscription = Subscription.objects.filter(collectivity=here, year=edition.year).values("status")
    kept = _kept(edition, day).filter(collectivity=here).order_by().values("collectivity")
    return rows.annotate(
        subscribed=Subquery(subscription[:1]),
        kept_sheets=Coalesce(
            Subquery(kept.annotate(n=Count("pk")).values("n"), output_field=IntegerField()), 0
        ),
        has_publisher=Exists(publishers) | Exists(mandates),
        is_derogated=Exists(granted),
    )


def _kept(edition: Edition, day: date) -> QuerySet[PublicSheet]:
    taken_out = CandidacySheet.objects.filter(candidacy__edition=edition, choice=SheetChoice.OUT)
    return counting(edition, day).exclude(pk__in=taken_out.values("sheet"))
