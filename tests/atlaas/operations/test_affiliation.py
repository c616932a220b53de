import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from atlaas.choices import Role
from atlaas.models import Affiliation, Collectivity, Invitation, Notice
from atlaas.operations.affiliation import change_role, leave, remove
from atlaas.operations.claim import claim
from atlaas.operations.invitation import invite
from atlaas.rules.refusal import Refused
from tests.factories.atlaas import AffiliationFactory, CommuneFactory, UserFactory, agent_of
from tests.people import EVERYONE, WHO


@pytest.fixture
def place(db):
    return CommuneFactory(name="Exempleville")


def roles(place):
    return sorted(place.affiliations.values_list("role", flat=True))


def titles(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("title", flat=True))


VERBS = {
    "change_role": lambda one, by: change_role(one, role=Role.PUBLISHER, by=by),
    "remove": lambda one, by: remove(one, by=by),
}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("verb", VERBS)
def test_only_a_responsable_runs_the_team(place, who, verb):
    user = WHO[who](place)
    one = AffiliationFactory(collectivity=place, role="contributeur")

    if who == "responsable":
        VERBS[verb](one, user)
    else:
        with pytest.raises(Refused, match="Seul un responsable"):
            VERBS[verb](one, user)
        assert place.affiliations.get(pk=one.pk).role == "contributeur"


def test_a_person_is_told_of_their_new_role_each_time(place):
    by, one = agent_of(place), AffiliationFactory(collectivity=place, role="contributeur")

    for role in ("valideur", "contributeur", "valideur", "valideur"):
        change_role(one, role=Role(role), by=by)

    assert titles(one.user) == [
        f"Votre rôle pour Exempleville : {role}" for role in ("valideur", "contributeur", "valideur")
    ]


def test_a_person_taken_out_is_told_and_can_do_nothing_more(place):
    by, one = agent_of(place), AffiliationFactory(collectivity=place, role="valideur")

    remove(one, by=by)

    assert titles(one.user) == ["Vous ne faites plus partie de l’équipe de Exempleville"]
    assert Collectivity.objects.served_by(one.user).count() == 0


def test_the_only_responsable_is_not_made_less(place):
    by = agent_of(place)

    with pytest.raises(Refused, match="au moins une personne responsable"):
        change_role(place.affiliations.get(), role=Role.PUBLISHER, by=by)
    assert roles(place) == ["responsable"]


def test_one_does_not_take_oneself_out(place):
    by = agent_of(place)
    agent_of(place)

    with pytest.raises(Refused, match="Quitter"):
        remove(place.affiliations.get(user=by), by=by)


def test_someone_taken_out_already_is_told_so(place):
    by, one = agent_of(place), AffiliationFactory(collectivity=place)
    Affiliation.objects.filter(pk=one.pk).delete()

    with pytest.raises(Refused, match="ne fait plus partie"):
        remove(one, by=by)


@pytest.mark.parametrize("role", ["contributeur", "valideur"])
def test_anyone_leaves_and_the_responsables_are_told(place, role):
    boss = agent_of(place)
    user = agent_of(place, role, name="Sacha Exemple")

    leave(place, by=user)

    assert roles(place) == ["responsable"]
    assert titles(boss) == ["Sacha Exemple a quitté l’équipe de Exempleville"]


def test_the_last_responsable_confirms_and_the_collectivity_can_be_claimed(place):
    user = agent_of(place)
    with pytest.raises(Refused, match="seule personne responsable"):
        leave(place, by=user)

    leave(place, by=user, confirmed=True)

    assert roles(place) == []
    assert claim(place, by=UserFactory(), function="Maire").state == "pending"


def test_a_closed_account_is_in_charge_of_nothing(place):
    agent_of(place, is_active=False)
    user = agent_of(place)

    with pytest.raises(Refused, match="seule personne responsable"):
        leave(place, by=user)


def test_strangers_have_nothing_to_leave(place):
    with pytest.raises(Refused, match="ne faites pas partie"):
        leave(place, by=UserFactory())


def outcomes(*works):
    """Do the works at once, each on its own connection; « done », or the sentence of its refusal."""

    def run(work):
        with contextlib.closing(connection):
            try:
                work()
            except Refused as refused:
                return str(refused)
            return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(future.result(timeout=30) for future in [pool.submit(run, work) for work in works])


@pytest.mark.django_db(transaction=True)
def test_two_responsables_leaving_at_once_never_leave_nobody():
    place = CommuneFactory()
    one, other = agent_of(place), agent_of(place)

    found = outcomes(lambda: leave(place, by=one), lambda: leave(place, by=other))

    assert [sentence == "done" for sentence in found].count(True) == 1
    assert roles(place) == ["responsable"]


@pytest.mark.django_db(transaction=True)
def test_two_responsables_taking_each_other_out_at_once():
    place = CommuneFactory()
    one, other = agent_of(place), agent_of(place)
    rows = {row.user_id: row for row in place.affiliations.select_related("collectivity")}

    outcomes(lambda: remove(rows[other.pk], by=one), lambda: remove(rows[one.pk], by=other))

    assert roles(place) == ["responsable"]


def test_the_invitations_of_a_person_taken_out_open_nothing(place):
    gone, boss = agent_of(place), agent_of(place)
    invitation = invite(place, by=gone, email="autre@exemple.test", role=Role.MANAGER)

    remove(gone.affiliations.get(), by=boss)

    assert not Invitation.objects.open().filter(pk=invitation.pk).exists()
