"""Requests to act for a collectivité that has nobody in charge."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from atlaas.choices import ClaimState, Role
from atlaas.models import Affiliation, Claim, Collectivity, User


@dataclass(frozen=True)
class Claimable:
    """A collectivité met by a search, and whether someone runs it already."""

    collectivity: Collectivity
    is_run: bool


def pending() -> QuerySet[Claim]:
    """What waits for an organiser, the oldest first, each with `is_run`: whether someone came in between."""
    run = Affiliation.objects.filter(
        collectivity=OuterRef("collectivity"), role=Role.MANAGER, user__is_active=True
    )
    rows = Claim.objects.filter(state=ClaimState.PENDING).annotate(is_run=Exists(run))
    return rows.select_related("user", "collectivity__departement", "collectivity__region")


def decided() -> QuerySet[Claim]:
    """What was answered, the newest first."""
    rows = Claim.objects.exclude(state=ClaimState.PENDING).order_by("-decided_at", "-pk")
    return rows.select_related("user", "collectivity", "decided_by")


def claims_of(user: User) -> QuerySet[Claim]:
    """Those of a person that wait."""
    return user.claims.filter(state=ClaimState.PENDING).select_related("collectivity")


def with_state(found: list[Collectivity]) -> list[Claimable]:
    """The same collectivités, each with whether it can be claimed (one query)."""
    run = set(
        Affiliation.objects.filter(
            collectivity__in=found, role=Role.MANAGER, user__is_active=True
        ).values_list("collectivity", flat=True)
    )
    return [Claimable(one, one.pk in run) for one in found]
