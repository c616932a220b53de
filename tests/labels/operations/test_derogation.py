import pytest
from django.utils import timezone

from atlaas.models import Job, Notice
from atlaas.rules.refusal import Refused
from labels.models import Derogation, Edition
from labels.operations.derogation import answer, ask
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return CommuneFactory()


@pytest.fixture
def asked(town):
    return ask(open_edition(), town, "Le mandat administratif part lundi.", agent_of(town, "contributeur"))


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


def test_ask_twice_is_one_request(town, asked):
    again = ask(asked.edition, town, "Encore", agent_of(town, "valideur"))

    assert again == asked
    assert again.reason == "Le mandat administratif part lundi."


def test_ask_says_why(town):
    with pytest.raises(Refused, match="Dites pourquoi"):
        ask(open_edition(), town, "  ", agent_of(town, "contributeur"))


def test_ask_is_refused_to_strangers(town):
    with pytest.raises(Refused, match="rattaché"):
        ask(open_edition(), town, "Un motif", UserFactory())


def test_answer_is_told_to_the_team_and_mailed(asked, organiser):
    found = answer(asked, "granted", "Accordée jusqu’au conseil.", organiser)

    assert (found.state, found.answered_by) == ("granted", organiser)
    assert Notice.objects.get().title.startswith("Votre demande de dérogation")
    assert Job.objects.filter(kind="candidacy-mail", key=f"derogation:{asked.pk}").exists()


def test_first_answer_stands(asked, organiser):
    answer(asked, "refused", "Non.", organiser)
    with pytest.raises(Refused, match="déjà sa réponse"):
        answer(asked, "granted", "Si.", organiser)
    assert Derogation.objects.get().answer == "Non."


@pytest.mark.parametrize(("state", "words"), [("granted", " "), ("asked", "Oui."), ("nothing", "Oui.")])
def test_answer_is_one_of_two_with_a_sentence(asked, organiser, state, words):
    with pytest.raises(Refused, match="Choisissez la réponse"):
        answer(asked, state, words, organiser)


def test_answer_is_the_association_s(asked, town):
    with pytest.raises(Refused, match="équipe de l’association"):
        answer(asked, "granted", "Oui.", agent_of(town, "responsable"))


def test_granted_is_not_asked_again(asked, town, organiser):
    answer(asked, "granted", "Oui.", organiser)
    with pytest.raises(Refused, match="déjà accordée"):
        ask(asked.edition, town, "Encore", agent_of(town, "contributeur"))


def test_refused_may_be_asked_again(asked, town, organiser):
    answer(asked, "refused", "Non.", organiser)

    assert ask(asked.edition, town, "Un fait nouveau", agent_of(town, "contributeur")) != asked


def test_answer_in_a_published_edition_is_refused(asked, organiser):
    Edition.objects.filter(pk=asked.edition_id).update(published_at=timezone.now())

    with pytest.raises(Refused, match="est public"):
        answer(asked, "granted", "Oui.", organiser)
