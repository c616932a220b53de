import contextlib
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from atlaas.models import Affiliation, Claim, Job, Notice
from atlaas.operations.claim import approve, claim, refuse
from atlaas.rules.refusal import Refused
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.people import EVERYONE, WHO


@pytest.fixture
def place(db):
    return CommuneFactory(name="Exempleville")


@pytest.fixture
def organiser(db):
    return UserFactory(is_organiser=True)


@pytest.fixture
def asked(place, organiser):
    return claim(place, by=UserFactory(name="Sacha Exemple"), function=" Maire ", message="Bonjour")


def titles(user):
    return list(Notice.objects.filter(user=user).values_list("kind", "title"))


def test_a_claim_asks_the_organisers_to_act_at_once(asked, organiser):
    assert titles(organiser) == [("action", "Sacha Exemple demande à rejoindre Exempleville")]
    assert list(Job.objects.values_list("kind", flat=True)) == ["urgent-mails"]
    assert (asked.function, asked.state) == ("Maire", "pending")


def test_a_collectivity_that_is_run_is_not_claimed(place):
    agent_of(place)

    with pytest.raises(Refused, match="déjà une personne responsable"):
        claim(place, by=UserFactory(), function="Maire")


@pytest.mark.parametrize("role", ["contributeur", "valideur"])
def test_a_team_without_a_responsable_is_claimed_by_its_own(place, organiser, role):
    user = agent_of(place, role)

    approve(claim(place, by=user, function="Agent"), by=organiser)

    assert place.affiliations.get().role == "responsable"


def test_a_claim_waits_once_and_says_a_function(place, asked):
    with pytest.raises(Refused, match="attend déjà"):
        claim(place, by=asked.user, function="Maire")
    with pytest.raises(Refused, match="votre fonction"):
        claim(place, by=UserFactory(), function="  ")


@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("verb", [approve, refuse])
def test_only_an_organiser_decides(asked, who, verb):
    user = WHO[who](CommuneFactory())

    if who == "organiser":
        verb(asked, by=user, answer="Vu.")
    else:
        with pytest.raises(Refused, match="association"):
            verb(asked, by=user, answer="Vu.")
        assert Claim.objects.get().state == "pending"


def test_approving_puts_the_person_in_charge_and_tells_them(place, asked, organiser):
    approve(asked, by=organiser, answer="Bienvenue")

    assert place.affiliations.get(user=asked.user).role == "responsable"
    assert titles(asked.user) == [("equipe", "Vous êtes responsable de Exempleville")]


def test_refusing_says_why(place, asked, organiser):
    with pytest.raises(Refused, match="pourquoi"):
        refuse(asked, by=organiser, answer="")

    refuse(asked, by=organiser, answer="Pas de justificatif.")

    assert place.affiliations.count() == 0
    assert Notice.objects.get(user=asked.user).body == "Pas de justificatif."


def test_a_claim_is_decided_once(asked, organiser):
    approve(asked, by=organiser)

    for verb in (approve, refuse):
        with pytest.raises(Refused, match="déjà décidée"):
            verb(asked, by=organiser, answer="Encore")


def test_a_second_claim_is_not_approved_once_someone_is_in_charge(place, asked, organiser):
    other = claim(place, by=UserFactory(), function="Adjoint")
    approve(asked, by=organiser)

    with pytest.raises(Refused, match="déjà une personne responsable"):
        approve(other, by=organiser)
    other.refresh_from_db()
    assert other.state == "pending"


@pytest.mark.django_db(transaction=True)
def test_two_claims_approved_at_once_put_one_person_in_charge():
    place = CommuneFactory()
    organiser = UserFactory(is_organiser=True)
    asked = [claim(place, by=UserFactory(), function="Maire") for _ in range(2)]

    def run(one):
        with contextlib.closing(connection), contextlib.suppress(Refused):
            return bool(approve(one, by=organiser))
        return False

    with ThreadPoolExecutor(4) as pool:
        futures = [pool.submit(run, one) for one in asked * 2]
        done = [future.result(timeout=30) for future in futures]

    assert (done.count(True), Affiliation.objects.count()) == (1, 1)
