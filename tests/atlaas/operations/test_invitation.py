import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from atlaas.choices import Role
from atlaas.models import Invitation, Job, Notice
from atlaas.operations.invitation import accept, ask_for_link, invite, revoke, send_again
from atlaas.queries.invitation import secret_of, waiting_for
from atlaas.rules import invitation as rules
from atlaas.rules.invitation import fingerprint
from atlaas.rules.refusal import Refused
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.people import EVERYONE, WHO, days

ADDRESS = "sacha@exemple.test"


@pytest.fixture
def place(db):
    return CommuneFactory(name="Exempleville")


@pytest.fixture
def boss(place):
    return agent_of(place, name="Camille Exemple")


@pytest.fixture
def sent(place, boss):
    return invite(place, by=boss, email=ADDRESS, role=Role.PUBLISHER)


VERBS = {
    "invite": lambda sent, by: invite(sent.collectivity, by=by, email="b@exemple.test", role=Role.MANAGER),
    "send_again": lambda sent, by: send_again(sent, by=by),
    "revoke": lambda sent, by: revoke(sent, by=by),
}


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("verb", VERBS)
def test_only_a_responsable_invites(place, sent, who, verb):
    user = WHO[who](place)

    if who == "responsable":
        VERBS[verb](sent, user)
    else:
        with pytest.raises(Refused, match="Seul un responsable"):
            VERBS[verb](sent, user)


def test_only_the_fingerprint_of_the_secret_is_stored(sent):
    stored = Invitation.objects.values().get()

    assert stored["secret_hash"] == fingerprint(secret_of(sent))
    assert secret_of(sent) not in map(str, stored.values())
    assert secret_of(Invitation.objects.get()) == secret_of(sent)


def test_an_invitation_asks_for_its_mail(sent):
    assert list(Job.objects.values_list("kind", "key")) == [("invitation-mail", str(sent.pk))]


@pytest.mark.parametrize(
    "email", ["", "sacha", "sacha@", "a b@exemple.test", "a@b\nBcc: c@d.test", "x" * 300 + "@e.fr"]
)
def test_odd_addresses_are_refused(place, boss, email):
    with pytest.raises(Refused, match="pas complète"):
        invite(place, by=boss, email=email, role=Role.PUBLISHER)


def test_inviting_again_renews_the_one_that_waits(place, boss, sent):
    old = secret_of(sent)
    Invitation.objects.update(expires_at=days(-1))

    again = invite(place, by=boss, email=" SACHA@Exemple.Test ", role=Role.MANAGER)

    assert (again.pk, again.role, again.is_expired) == (sent.pk, "responsable", False)
    with pytest.raises(Refused, match="n’ouvre aucune invitation"):
        accept(old, by=UserFactory(email=ADDRESS))


def test_a_colleague_is_not_invited(place, boss):
    agent_of(place, "valideur", email=ADDRESS)

    with pytest.raises(Refused, match="déjà partie de l’équipe"):
        invite(place, by=boss, email=ADDRESS, role=Role.MANAGER)


def test_invitations_that_wait_are_bounded(place, boss):
    for number in range(rules.MOST_WAITING):
        invite(place, by=boss, email=f"p{number}@exemple.test", role=Role.CONTRIBUTOR)

    with pytest.raises(Refused, match="Trop d’invitations"):
        invite(place, by=boss, email=ADDRESS, role=Role.CONTRIBUTOR)


def test_accepting_joins_once_and_tells_the_responsables(place, boss, sent):
    user = UserFactory(email=ADDRESS, name="Sacha Exemple")

    first, second = accept(secret_of(sent), by=user), accept(secret_of(sent), by=user)

    assert (first, first.role, place.affiliations.count()) == (second, "valideur", 2)
    assert list(Notice.objects.values_list("user", "title")) == [
        (boss.pk, "Sacha Exemple fait maintenant partie de l’équipe de Exempleville")
    ]


def test_a_link_serves_once_even_after_leaving(place, sent):
    user = UserFactory(email=ADDRESS)
    accept(secret_of(sent), by=user).delete()

    with pytest.raises(Refused, match="déjà servi"):
        accept(secret_of(sent), by=user)
    assert place.affiliations.filter(user=user).exists() is False


def test_another_address_is_told_which_one_is_invited(sent):
    with pytest.raises(Refused, match=r"est pour sacha@exemple\.test"):
        accept(secret_of(sent), by=UserFactory(email="autre@exemple.test"))


def test_revoked_and_expired_links_say_so(place, boss, sent):
    user = UserFactory(email=ADDRESS)
    Invitation.objects.update(expires_at=days(-1))
    with pytest.raises(Refused, match="expiré"):
        accept(secret_of(sent), by=user)

    again = send_again(sent, by=boss)
    revoke(again, by=boss)

    with pytest.raises(Refused, match="retirée"):
        accept(secret_of(again), by=user)
    for verb in (send_again, revoke):
        with pytest.raises(Refused, match="n’attend plus"):
            verb(again, by=boss)


@pytest.mark.parametrize("secret", ["", "0" * 64, "é", "' OR 1=1"])
def test_unknown_secrets_open_nothing(db, secret):
    with pytest.raises(Refused, match="n’ouvre aucune"):
        accept(secret, by=UserFactory())


@pytest.mark.parametrize(("held", "after"), [("contributeur", "valideur"), ("responsable", "responsable")])
def test_a_stronger_role_held_already_is_kept(place, sent, held, after):
    user = agent_of(place, held, email=ADDRESS)

    assert accept(secret_of(sent), by=user).role == after


def test_the_person_invited_has_the_link_sent_once_more(sent):
    user = UserFactory(email=ADDRESS)
    Job.objects.all().delete()
    assert list(waiting_for(user)) == [sent]

    ask_for_link(sent, by=user)

    assert list(Job.objects.values_list("key", flat=True)) == [str(sent.pk)]
    with pytest.raises(Refused, match="n’attend plus"):
        ask_for_link(sent, by=UserFactory())


@pytest.mark.django_db(transaction=True)
def test_accepting_twice_at_once_joins_once():
    place = CommuneFactory()
    sent = invite(place, by=agent_of(place), email=ADDRESS, role=Role.PUBLISHER)
    user = UserFactory(email=ADDRESS)

    def run():
        with contextlib.closing(connection):
            return accept(secret_of(sent), by=user).pk

    with ThreadPoolExecutor(4) as pool:
        joined = {future.result(timeout=30) for future in [pool.submit(run) for _ in range(4)]}

    assert len(joined) == 1
    assert place.affiliations.filter(user=user).count() == 1


@pytest.mark.django_db(transaction=True)
def test_inviting_twice_at_once_makes_one_invitation():
    place = CommuneFactory()
    boss = agent_of(place)

    def run():
        with contextlib.closing(connection):
            return invite(place, by=boss, email=ADDRESS, role=Role.PUBLISHER).pk

    with ThreadPoolExecutor(4) as pool:
        made = {future.result(timeout=30) for future in [pool.submit(run) for _ in range(4)]}

    assert (len(made), Invitation.objects.count()) == (1, 1)


def test_inviting_does_not_undo_a_hand_over_that_waits(place, boss):
    leaving = boss.affiliations.get()
    invite(place, by=boss, email="suite@exemple.test", role=Role.MANAGER, replaces=leaving)

    with pytest.raises(Refused, match="passe la main"):
        invite(place, by=boss, email="suite@exemple.test", role=Role.CONTRIBUTOR)

    assert Invitation.objects.get(email="suite@exemple.test").replaces == leaving
