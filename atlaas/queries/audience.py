"""To whom what happens to a collectivité is told."""

from collections.abc import Collection

from django.db.models import Q, QuerySet

from atlaas.choices import Role
from atlaas.models import Collectivity, Mandate, User


def people_of(collectivity: Collectivity, roles: Collection[str] = tuple(Role.values)) -> QuerySet[User]:
    """Who acts for it with one of these roles: its team, and those who do by a mandate in force, as `queries.right` says."""
    mandates = Mandate.objects.in_force().filter(collectivity=collectivity)
    operators = mandates.filter(operator__isnull=False).values("operator")
    unclaimed = mandates.filter(operator=None, holder=None)
    places = Q(affiliations__collectivity=collectivity) | Q(affiliations__collectivity__in=operators)
    team = places & Q(affiliations__role__in=roles)
    named = Q(pk__in=mandates.filter(holder__isnull=False).values("holder"))
    found: QuerySet[User] = User.objects.filter(team | named | Q(email__in=unclaimed.values("holder_email")))
    return found.distinct()
