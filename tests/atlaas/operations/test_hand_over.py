import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from atlaas.models import Affiliation, Notice
from atlaas.operations.affiliation import change_role
from atlaas.operations.hand_over import hand_over, hand_over_by_invitation
from atlaas.operations.invitation import accept
from atlaas.queries.invitation import secret_of
from atlaas.rules.refusal import Refused
from tests.factories.atlaas import AffiliationFactory, CommuneFactory, UserFactory, agent_of, draft_sheet
from tests.people import EVERYONE, WHO


@pytest.fixture
def place(db):
    return CommuneFactory(name="Exempleville")


def row(place, user):
    return Affiliation.objects.select_related("user", "collectivity").get(collectivity=place, user=user)


def team(place):
    return dict(place.affiliations.values_list("user__name", "role"))


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("way", ["successor", "invitation"])
def test_only_a_responsable_hands_over(place, who, way):
    user = WHO[who](place)
    leaver, heir = (
        AffiliationFactory(collectivity=place, role=role) for role in ("valideur", "contributeur")
    )

    def work():
        if way == "successor":
            return hand_over(leaver, successor=heir, by=user)
        return hand_over_by_invitation(leaver, email="n@exemple.test", by=user)

    if who == "responsable":
        work()
    else:
        with pytest.raises(Refused, match="Seul un responsable"):
            work()


def test_the_successor_takes_the_role_and_the_drafts_stay(place):
    leaver, heir = agent_of(place, name="Part"), agent_of(place, "contributeur", name="Suit")
    draft = draft_sheet(place, by=leaver)

    hand_over(row(place, leaver), successor=row(place, heir), by=leaver)

    assert team(place) == {"Suit": "responsable"}
    assert place.sheets.get() == draft
    assert sorted(Notice.objects.values_list("user__name", "title")) == [
        ("Part", "Passation faite : Suit prend votre suite pour Exempleville"),
        ("Suit", "Vous prenez la suite de Part pour Exempleville"),
    ]


def test_a_successor_who_may_more_keeps_it(place):
    boss = agent_of(place, name="Suit")
    leaver = agent_of(place, "contributeur")

    hand_over(row(place, leaver), successor=row(place, boss), by=boss)

    assert team(place) == {"Suit": "responsable"}


def test_nobody_follows_oneself_nor_from_another_team(place):
    boss = agent_of(place)
    elsewhere = CommuneFactory()
    stranger = row(elsewhere, agent_of(elsewhere))

    for heir in (row(place, boss), stranger):
        with pytest.raises(Refused, match="autre personne de la même équipe"):
            hand_over(row(place, boss), successor=heir, by=boss)


def test_a_closed_account_follows_nobody(place):
    boss = agent_of(place)
    closed = row(place, agent_of(place, "valideur", is_active=False))

    with pytest.raises(Refused, match="compte de cette personne est fermé"):
        hand_over(row(place, boss), successor=closed, by=boss)


def test_an_invited_successor_frees_who_leaves_when_accepting(place):
    leaver = agent_of(place, name="Part")
    invitation = hand_over_by_invitation(row(place, leaver), email="suit@exemple.test", by=leaver)
    assert team(place) == {"Part": "responsable"}

    accept(secret_of(invitation), by=UserFactory(email="suit@exemple.test", name="Suit"))

    assert team(place) == {"Suit": "responsable"}


def test_an_invited_successor_never_leaves_a_team_without_a_responsable(place):
    boss = agent_of(place, name="Chef")
    leaver = row(place, agent_of(place, "contributeur", name="Part"))
    invitation = hand_over_by_invitation(leaver, email="suit@exemple.test", by=boss)
    change_role(leaver, role="responsable", by=boss)
    change_role(row(place, boss), role="valideur", by=boss)

    accept(secret_of(invitation), by=UserFactory(email="suit@exemple.test", name="Suit"))

    assert team(place) == {"Chef": "valideur", "Part": "responsable", "Suit": "contributeur"}


@pytest.mark.django_db(transaction=True)
def test_two_hand_overs_at_once_make_one():
    place = CommuneFactory()
    leaver = agent_of(place, name="Part")
    heirs = [row(place, agent_of(place, "contributeur")) for _ in range(2)]
    gone = row(place, leaver)

    def run(heir):
        with contextlib.closing(connection), contextlib.suppress(Refused):
            hand_over(gone, successor=heir, by=leaver)
            return True
        return False

    with ThreadPoolExecutor(2) as pool:
        done = [future.result(timeout=30) for future in [pool.submit(run, heir) for heir in heirs]]

    assert sorted(done) == [False, True]
    assert sorted(place.affiliations.values_list("role", flat=True)) == ["contributeur", "responsable"]
