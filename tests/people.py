"""Everyone who may stand before a collectivité, as tables of tests name them."""

import datetime as dt

from django.utils import timezone

from atlaas.models import Mandate
from tests.factories.atlaas import CommuneFactory, GroupFactory, UserFactory, agent_of


def days(number):
    return timezone.now() + dt.timedelta(days=number)


def mandate_for(place, *, holder=None, operator=None, **changes):
    facts = {"starts_at": days(-30), "until": days(30), "granted_by": agent_of(place)}
    if operator is None:
        facts |= {"holder": holder or UserFactory(), "holder_body": "Syndicat numérique"}
    return Mandate.objects.create(collectivity=place, operator=operator, **facts | changes)


def holder_of(place, **changes):
    return mandate_for(place, **changes).holder


def operator_agent(place, role, **changes):
    group = GroupFactory()
    mandate_for(place, operator=group, **changes)
    return agent_of(group, role)


# Who → how they come to the collectivité.
WHO = {
    "nobody": lambda _: UserFactory(),
    "elsewhere": lambda _: agent_of(CommuneFactory()),
    "organiser": lambda _: UserFactory(is_organiser=True),
    "superuser": lambda _: UserFactory(is_staff=True, is_superuser=True),
    "contributeur": lambda place: agent_of(place, "contributeur"),
    "valideur": lambda place: agent_of(place, "valideur"),
    "responsable": lambda place: agent_of(place, "responsable"),
    "holder": holder_of,
    "operator's contributeur": lambda place: operator_agent(place, "contributeur"),
    "operator's valideur": lambda place: operator_agent(place, "valideur"),
    "operator's responsable": lambda place: operator_agent(place, "responsable"),
    "expired holder": lambda place: holder_of(place, until=days(-1)),
    "revoked holder": lambda place: holder_of(place, revoked_at=days(-1)),
    "future holder": lambda place: holder_of(place, starts_at=days(1)),
    "expired operator's valideur": lambda place: operator_agent(place, "valideur", until=days(-1)),
    "revoked operator's valideur": lambda place: operator_agent(place, "valideur", revoked_at=days(-1)),
}
# The role each has for the collectivité, by whatever way; those who are not here have none.
ROLE_OF = {
    "contributeur": "contributeur",
    "valideur": "valideur",
    "responsable": "responsable",
    "holder": "valideur",
    "operator's contributeur": "contributeur",
    "operator's valideur": "valideur",
    "operator's responsable": "valideur",
}
STRANGERS = sorted(set(WHO) - set(ROLE_OF))
EVERYONE = sorted(WHO)
