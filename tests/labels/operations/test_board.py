"""What organisers decide: a contested category, a relaunch, the trace of their look."""

import pytest
from django.core import mail
from django.utils import timezone

from atlaas.models import Job, Notice
from atlaas.rules.refusal import Refused
from labels.models import Edition, SeenAs
from labels.operations.board import answer_category, note_look, relaunch
from labels.operations.candidacy import save
from labels.operations.candidacy_mail import send
from tests.factories.atlaas import UserFactory, agent_of
from tests.factories.campaign import CandidacyFactory, open_edition
from tests.factories.filing import publisher_of

pytestmark = pytest.mark.django_db
ASKED = {"wanted_category": "village", "category_reason": "Nous sommes 2 499."}


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


@pytest.fixture
def contested():
    candidacy = CandidacyFactory()
    return save(candidacy, by=publisher_of(candidacy.collectivity), version=1, facts=ASKED)


@pytest.mark.parametrize(("state", "category"), [("granted", "village"), ("refused", "ville")])
def test_category_is_answered_with_a_sentence_and_told(contested, organiser, state, category):
    found = answer_category(contested, state, "Vu l’arrêté.", organiser)

    assert (found.category, found.category_answer, found.version) == (category, state, contested.version + 1)
    assert found.steps.get(step="category").detail == {"state": state, "sentence": "Vu l’arrêté."}
    assert Notice.objects.get().body == "Vu l’arrêté."


def test_category_is_answered_once(contested, organiser):
    answer_category(contested, "refused", "Non.", organiser)
    with pytest.raises(Refused, match="déjà sa réponse"):
        answer_category(contested, "granted", "Si.", organiser)


@pytest.mark.parametrize(("state", "sentence"), [("granted", " "), ("asked", "Oui."), ("", "Oui.")])
def test_category_answer_is_one_of_two_with_a_sentence(contested, organiser, state, sentence):
    with pytest.raises(Refused, match="Choisissez la réponse"):
        answer_category(contested, state, sentence, organiser)


def test_only_the_association_decides(contested):
    agent = agent_of(contested.collectivity, "responsable")
    for act in (
        lambda: answer_category(contested, "granted", "Oui.", agent),
        lambda: relaunch(contested.edition, [contested.pk], "Bonjour", agent),
        lambda: note_look(contested, "/", agent),
    ):
        with pytest.raises(Refused, match="équipe de l’association"):
            act()


def test_relaunch_is_mailed_with_the_deadline_and_noted(contested, organiser, settings):
    settings.PUBLIC_URL = "https://atlaas.example"
    relaunch(contested.edition, [contested.pk], "Il vous manque l’adhésion.", organiser)

    step = contested.steps.get(step="relaunch")
    assert Job.objects.filter(kind="candidacy-mail", key=f"relaunch:{step.pk}").count() == 1
    send(f"relaunch:{step.pk}")
    (sent,) = mail.outbox
    assert "Il vous manque l’adhésion." in sent.body
    assert sent.to == [publisher_of(contested.collectivity).email]


def test_relaunch_chooses_in_its_edition_and_says_something(contested, organiser):
    elsewhere = CandidacyFactory(edition=open_edition(2031))
    with pytest.raises(Refused, match="Écrivez le message"):
        relaunch(contested.edition, [contested.pk], "  ", organiser)
    with pytest.raises(Refused, match="au moins une"):
        relaunch(contested.edition, [elsewhere.pk], "Bonjour", organiser)


def test_a_look_is_written_down(contested, organiser):
    note_look(contested, "/organisation/2030/", organiser)

    assert SeenAs.objects.values_list("organiser", "collectivity").get() == (
        organiser.pk,
        contested.collectivity_id,
    )


def test_a_relaunch_clicked_twice_is_mailed_once(contested, organiser):
    sent = [relaunch(contested.edition, [contested.pk], "Bonjour", organiser) for _ in range(2)]

    other = relaunch(contested.edition, [contested.pk], "Encore un mot", organiser)

    assert (sent, other) == ([1, 0], 1)
    assert Job.objects.filter(kind="candidacy-mail", key__startswith="relaunch:").count() == 2


def test_nothing_is_decided_once_the_palmares_is_public(contested, organiser):
    edition = contested.edition
    Edition.objects.filter(pk=edition.pk).update(published_at=timezone.now())
    edition.refresh_from_db()

    for act in (
        lambda: answer_category(contested, "granted", "Oui.", organiser),
        lambda: relaunch(edition, [contested.pk], "Bonjour", organiser),
    ):
        with pytest.raises(Refused, match="est public"):
            act()
