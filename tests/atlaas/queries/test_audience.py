"""To whom what happens to a collectivité is told."""

import datetime as dt

import pytest
from django.utils import timezone

from atlaas.models import Mandate
from atlaas.queries.audience import people_of
from tests.factories.atlaas import CommuneFactory, GroupFactory, UserFactory, agent_of

pytestmark = pytest.mark.django_db


def mandate(town, **facts):
    until = timezone.now() + dt.timedelta(days=9)
    return Mandate.objects.create(collectivity=town, granted_by=agent_of(town), **({"until": until} | facts))


def test_a_team_and_those_who_act_by_a_mandate_are_told():
    town, group, other = CommuneFactory(), GroupFactory(), CommuneFactory()
    named, unclaimed, operator = UserFactory(), UserFactory(email="a@b.test"), agent_of(group, "valideur")
    agent_of(other)
    grantors = {
        mandate(town, operator=group).granted_by,
        mandate(town, holder=named, holder_body="Un syndicat").granted_by,
        mandate(town, holder_email="a@b.test", holder_body="Un syndicat").granted_by,
    }

    assert set(people_of(town)) == {named, unclaimed, operator} | grantors
    assert people_of(town).count() == 6


def test_a_role_narrows_the_teams():
    town, group = CommuneFactory(), GroupFactory()
    agent_of(group, "contributeur")
    grantor = mandate(town, operator=group).granted_by
    agent_of(town, "contributeur")

    assert set(people_of(town, ["responsable", "valideur"])) == {grantor}


def test_a_mandate_that_ended_tells_nothing():
    town, named = CommuneFactory(), UserFactory()
    past = timezone.now() - dt.timedelta(days=9)
    made = mandate(
        town, holder=named, holder_body="Un syndicat", starts_at=past, until=past + dt.timedelta(days=1)
    )

    assert set(people_of(town)) == {made.granted_by}
