import datetime as dt

import pytest
from django.utils import timezone

from atlaas.choices import Role
from atlaas.models import Collectivity, Mandate, Notice
from atlaas.operations.mandate import grant_to_collectivity, grant_to_person, revoke
from atlaas.operations.sheet import publish
from atlaas.permissions import require
from atlaas.queries.sheet_desk import publishers_of
from atlaas.rules.refusal import Refused
from tests.factories.atlaas import CommuneFactory, GroupFactory, UserFactory, agent_of, draft_sheet
from tests.people import EVERYONE, WHO, days, mandate_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    return CommuneFactory(name="Exempleville")


def term(first=0, last=100):
    today = timezone.localdate()
    return {"starts_on": today + dt.timedelta(days=first), "ends_on": today + dt.timedelta(days=last)}


VERBS = {
    "to a collectivity": lambda place, by: grant_to_collectivity(
        place, by=by, operator=GroupFactory(), **term()
    ),
    "to a person": lambda place, by: grant_to_person(
        place, by=by, email=UserFactory().email, body="Syndicat", **term()
    ),
    "revoke": lambda place, by: revoke(mandate_for(place), by=by),
}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("verb", VERBS)
def test_only_a_responsable_gives_and_takes_back(place, who, verb):
    user = WHO[who](place)

    if who == "responsable":
        VERBS[verb](place, user)
    else:
        with pytest.raises(Refused, match="Seul un responsable"):
            VERBS[verb](place, user)


def test_the_people_of_the_operator_act_until_the_last_day_and_are_told(place):
    group = GroupFactory()
    agent = agent_of(group, "responsable")

    mandate = grant_to_collectivity(place, by=agent_of(place), operator=group, **term(0, 30))

    right = require(agent, place, Role.PUBLISHER)
    assert (right.mandate, right.role) == (mandate, "valideur")
    assert mandate.last_day == timezone.localdate() + dt.timedelta(days=30)
    assert Notice.objects.get(user=agent).title == "Exempleville vous donne mandat d’agir en son nom"
    with pytest.raises(Refused):
        require(agent, place, Role.MANAGER)


def test_a_person_acts_and_what_they_do_carries_the_mandate(place):
    user = UserFactory(email="lou@exemple.test")
    mandate = grant_to_person(place, by=agent_of(place), email=" LOU@exemple.test", body="Syndicat", **term())

    sheet = draft_sheet(place, by=user)
    revision = publish(sheet, by=user, version=sheet.version)

    assert revision.mandate == mandate
    assert {step.mandate for step in sheet.steps.all()} == {mandate}


def test_a_revoked_mandate_gives_nothing_at_once(place):
    boss, user = agent_of(place), UserFactory()
    mandate = mandate_for(place, holder=user)

    revoke(mandate, by=boss)

    with pytest.raises(Refused):
        require(user, place, Role.CONTRIBUTOR)
    assert (
        Notice.objects.get(user=user).title
        == "Exempleville a retiré le mandat qui vous laissait agir en son nom"
    )
    with pytest.raises(Refused, match="déjà pris fin"):
        revoke(mandate, by=boss)


def test_an_expired_mandate_is_not_revoked(place):
    with pytest.raises(Refused, match="déjà pris fin"):
        revoke(mandate_for(place, until=days(-1)), by=agent_of(place))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (term(-1, 9), "dans le passé"),
        (term(9, 3), "finit avant"),
        (term(0, 800), "24 mois"),
    ],
)
def test_odd_terms_are_refused(place, changes, words):
    with pytest.raises(Refused, match=words):
        grant_to_collectivity(place, by=agent_of(place), operator=GroupFactory(), **changes)


def test_a_collectivity_gives_no_mandate_to_itself(place):
    with pytest.raises(Refused, match="à elle-même"):
        grant_to_collectivity(place, by=agent_of(place), operator=place, **term())


@pytest.mark.parametrize(
    ("email", "body", "words"),
    [
        ("equipe@exemple.test", "Syndicat", "déjà partie de l’équipe"),
        ("autre@exemple.test", "  ", "pour quel organisme"),
    ],
)
def test_odd_people_are_refused(place, email, body, words):
    UserFactory(email="autre@exemple.test")
    agent_of(place, "valideur", email="equipe@exemple.test")

    with pytest.raises(Refused, match=words):
        grant_to_person(place, by=agent_of(place), email=email, body=body, **term())


@pytest.mark.parametrize(("first", "last", "fits"), [(0, 9, False), (50, 200, False), (101, 200, True)])
def test_one_mandate_at_a_time_for_one_body(place, first, last, fits):
    boss, group, user = agent_of(place), GroupFactory(), UserFactory()

    def give(first, last):
        grant_to_collectivity(place, by=boss, operator=group, **term(first, last))
        grant_to_person(place, by=boss, email=user.email, body="Syndicat", **term(first, last))

    give(0, 100)

    if fits:
        give(first, last)
    else:
        with pytest.raises(Refused, match="couvre déjà"):
            give(first, last)
    assert Mandate.objects.count() == (4 if fits else 2)


def test_a_mandate_waits_for_the_account_of_its_address(place):
    boss = agent_of(place)
    mandate = grant_to_person(place, by=boss, email="plus-tard@exemple.test", body="Syndicat", **term())
    late, other = UserFactory(email="plus-tard@exemple.test"), UserFactory()

    sheet = draft_sheet(place, by=late)

    assert (mandate.holder, sheet.steps.get().mandate) == (None, mandate)
    assert late in publishers_of(place)
    assert list(Collectivity.objects.served_by(other)) == []
    with pytest.raises(Refused, match="couvre déjà"):
        grant_to_person(place, by=boss, email="Plus-Tard@exemple.test", body="Syndicat", **term())
