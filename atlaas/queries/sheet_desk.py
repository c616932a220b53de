"""What a person sees while writing a fiche."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from django.db.models import Q

from atlaas.choices import Role
from atlaas.models import Affiliation, Collectivity, Enjeu, Family, Mandate, Service, Sheet, User


@dataclass(frozen=True)
class Shelf:
    """The services of one enjeu that may be chosen."""

    enjeu: Enjeu
    services: list[Service]


def services_by_code() -> dict[str, Service]:
    """Every service with its enjeu and famille, in the order of the référentiel; 1 query."""
    rows = Service.objects.select_related("enjeu__family")
    ordered = rows.order_by("enjeu__family__position", "enjeu__position", "position", "code")
    return {service.code: service for service in ordered}


def shelves(services: Iterable[Service]) -> list[tuple[Family, list[Shelf]]]:
    """Services in force, famille by famille and enjeu by enjeu; they come in that order."""
    current = [service for service in services if service.last_year is None]
    by_enjeu = [Shelf(enjeu, list(group)) for enjeu, group in groupby(current, key=attrgetter("enjeu"))]
    return [(family, list(group)) for family, group in groupby(by_enjeu, key=attrgetter("enjeu.family"))]


def publishers_of(collectivity: Collectivity) -> list[User]:
    """The people who may publish for a collectivité today: its own, and those of the mandates in force; 3 queries."""
    may = Q(role__in=(Role.PUBLISHER, Role.MANAGER))
    mandates = list(Mandate.objects.in_force().filter(collectivity=collectivity))
    bodies = [collectivity.pk, *(one.operator_id for one in mandates if one.operator_id)]
    affiliated = Affiliation.objects.filter(may, collectivity__in=bodies).values("user")
    holders = [one.holder_id for one in mandates if one.holder_id]
    awaited = [one.holder_email for one in mandates if one.holder_email and not one.holder_id]
    named = Q(pk__in=holders) | Q(email__in=awaited)
    return list(User.objects.filter(Q(pk__in=affiliated) | named, is_active=True))


def stored_services(sheet: Sheet) -> list[str]:
    """The codes of a fiche's services, sorted."""
    return sorted(sheet.services.order_by().values_list("code", flat=True))
