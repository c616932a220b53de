"""Accounts of the demonstration: one a role, with no password; one signs in as them from the bar at the head of the pages."""

import datetime as dt
from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from atlaas.choices import Role
from atlaas.models import Affiliation, Collectivity, Mandate, User
from atlaas.queries.demo import ROLES
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french

# A real laureate, so that its pages have something to show; the people are invented and say « Exemple ».
COMMUNE = "14271"  # Fleury-sur-Orne
DEMO_ACCOUNTS: Mapping[str, Mapping[str, object]] = {
    ROLES["organisateur"].email: {
        "name": "Dominique Exemple (équipe de l’association)",
        "is_organiser": True,
        "is_staff": True,
        "is_superuser": True,
    },
    ROLES["responsable"].email: {"name": "Camille Exemple (responsable d’une commune)"},
    ROLES["valideur"].email: {"name": "Claude Exemple (valideur d’une commune)"},
    ROLES["contributeur"].email: {"name": "Sacha Exemple (contributeur d’une commune)"},
    ROLES["mandataire"].email: {"name": "Lou Exemple (agent de l’intercommunalité)"},
    ROLES["presidence"].email: {"name": "Ariane Exemple (préside le jury)"},
    ROLES["jure"].email: {"name": "Basile Exemple (membre du jury)"},
}
TEAM = {role: ROLES[role].email for role in (Role.MANAGER, Role.PUBLISHER, Role.CONTRIBUTOR)}


@transaction.atomic
def ensure_demo_accounts() -> list[User]:
    """Make the accounts that are missing, and their place in a commune; those that stand are left as people made them."""
    if not settings.DEMO:
        raise Refused(french("Les comptes de démonstration n'existent que dans la démonstration."))
    known = set(User.objects.filter(email__in=DEMO_ACCOUNTS).values_list("email", flat=True))
    for email, facts in DEMO_ACCOUNTS.items():
        if email not in known:
            User.objects.create_user(email, None, is_demo=True, **facts)
    people = {user.email: user for user in User.objects.filter(email__in=DEMO_ACCOUNTS, is_demo=True)}
    commune = Collectivity.objects.select_related("epci").filter(code=COMMUNE).first()
    if commune:
        _join(commune, people)
    return [people[email] for email in DEMO_ACCOUNTS if email in people]


def _join(commune: Collectivity, people: Mapping[str, User]) -> None:
    """Attach those who never were, and let the commune's group of communes act for it when no mandate ever did."""
    for role, email in TEAM.items():
        _attach(people.get(email), commune, role)
    agent, manager = people.get(ROLES["mandataire"].email), people.get(TEAM[Role.MANAGER])
    if agent is None or manager is None or commune.epci is None:
        return
    _attach(agent, commune.epci, Role.PUBLISHER)
    now = timezone.now()
    if not Mandate.objects.filter(collectivity=commune, operator=commune.epci, until__gt=now).exists():
        year = dt.timedelta(days=365)
        Mandate.objects.create(
            collectivity=commune, operator=commune.epci, granted_by=manager, starts_at=now, until=now + year
        )


def _attach(user: User | None, collectivity: Collectivity, role: Role) -> None:
    if user and not user.affiliations.exists():
        Affiliation.objects.create(user=user, collectivity=collectivity, role=role)
