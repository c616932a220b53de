"""What PostgreSQL refuses of an edition's rules, of a candidacy and of what is granted to it."""

import datetime as dt

import pytest
from django.utils import timezone

from labels.models import (
    CandidacySheet,
    Criterion,
    Derogation,
    EditionMailText,
    Extension,
    NotConcerned,
    Question,
    Section,
)
from labels.models.rulebook import Rulebook
from tests.factories.atlaas import CommuneFactory, ServiceFactory, agent_of, published_sheet
from tests.factories.campaign import CandidacyFactory, SubscriptionFactory, open_edition
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
ANCHORS = ["rien", "un début", "une habitude", "une politique", "un exemple"]


@pytest.fixture
def edition():
    return open_edition()


def section(edition, **facts):
    words = {"category": "ville", "title": "Une section", "position": 1}
    return Section.objects.create(edition=edition, **(words | facts))


def question(place, **facts):
    words = {"code": "une", "text": "Une question", "kind": "line", "position": 1}
    return Question.objects.create(section=place, **(words | facts))


def criterion(edition, **facts):
    words = {"category": "ville", "code": "un", "name": "Un critère", "anchors": ANCHORS, "position": 1}
    return Criterion.objects.create(edition=edition, **(words | facts))


def test_an_edition_closes_after_it_opens(edition):
    edition.closes_at = edition.opens_at
    with refused_by("edition_closes_after_it_opens"):
        edition.save()


@pytest.mark.parametrize("steps", [{"service_steps": [1, 2]}, {"enjeu_steps": []}, {"score_steps": [1]}])
def test_a_scale_has_five_steps(edition, steps):
    with refused_by("rulebook_five_steps"):
        Rulebook.objects.filter(edition=edition).update(**steps)


def test_coverage_weighs_more_than_volume(edition):
    with refused_by("rulebook_coverage_before_volume"):
        Rulebook.objects.filter(edition=edition).update(coverage_weight=10, volume_weight=10)


def test_a_criterion_is_in_the_grid_once(edition):
    criterion(edition)
    with refused_by("criterion_once"):
        criterion(edition)


@pytest.mark.parametrize("facts", [{"anchors": ANCHORS[:4]}, {"weight": 0}])
def test_a_criterion_has_five_anchors_and_a_weight(edition, facts):
    with refused_by("criterion_has_anchors_and_weight"):
        criterion(edition, **facts)


def test_a_mail_has_its_words_once(edition):
    EditionMailText.objects.create(edition=edition, kind="receipt", subject="Un", body="Un")
    with refused_by("edition_mail_once"):
        EditionMailText.objects.create(edition=edition, kind="receipt", subject="Deux", body="Deux")


def test_a_section_has_its_own_place(edition):
    section(edition)
    with refused_by("section_place_once"):
        section(edition, title="Une autre")


def test_a_question_is_asked_once_in_a_section(edition):
    place = section(edition)
    question(place)
    with refused_by("question_once"):
        question(place, text="La même")


@pytest.mark.parametrize(
    "facts", [{"kind": "one", "options": ["seul"]}, {"kind": "line", "options": ["a", "b"]}]
)
def test_a_question_has_the_options_of_its_kind(edition, facts):
    place = section(edition)
    with refused_by("question_has_its_options"):
        question(place, **facts)


def test_a_subscription_is_told_once():
    one = SubscriptionFactory()
    with refused_by("subscription_once"):
        SubscriptionFactory(collectivity=one.collectivity, year=one.year, status="ended")


def test_a_service_is_said_not_concerned_once():
    town, service = CommuneFactory(), ServiceFactory()
    NotConcerned.objects.create(collectivity=town, service=service)
    with refused_by("not_concerned_once"):
        NotConcerned.objects.create(collectivity=town, service=service)


def test_a_collectivity_has_one_candidacy_an_edition():
    one = CandidacyFactory()
    with refused_by("candidacy_once"):
        CandidacyFactory(edition=one.edition, collectivity=one.collectivity)


@pytest.mark.parametrize(
    "facts",
    [
        {"wanted_category": "village"},
        {"wanted_category": "village", "category_reason": "Parce que."},
        {"category_reason": "Parce que."},
        {"category_answer": "asked"},
    ],
)
def test_another_category_has_its_reason_and_its_answer(facts):
    with refused_by("candidacy_other_category_has_reason"):
        CandidacyFactory(**facts)


def test_a_fiche_has_one_choice_in_a_dossier():
    one = CandidacyFactory()
    sheet = published_sheet(one.collectivity, by=agent_of(one.collectivity, "valideur"))
    CandidacySheet.objects.create(candidacy=one, sheet=sheet, choice="out")
    with refused_by("candidacy_sheet_once"):
        CandidacySheet.objects.create(candidacy=one, sheet=sheet, choice="flagship")


def test_a_derogation_waits_once(edition):
    town = CommuneFactory()
    Derogation.objects.create(edition=edition, collectivity=town, reason="Un motif")
    with refused_by("derogation_asked_once"):
        Derogation.objects.create(edition=edition, collectivity=town, reason="Un autre")


@pytest.mark.parametrize(
    "facts", [{"answer": "Oui."}, {"state": "granted"}, {"state": "granted", "answer": "Oui."}]
)
def test_an_answer_has_its_date_and_its_sentence(edition, facts):
    with refused_by("derogation_answer_is_told"):
        Derogation.objects.create(edition=edition, collectivity=CommuneFactory(), reason="Un motif", **facts)


@pytest.mark.parametrize("facts", [{"reason": ""}, {"until": timezone.now() - dt.timedelta(days=1)}])
def test_an_extension_has_a_reason_and_a_future(facts):
    words = {"reason": "Une panne", "until": timezone.now() + dt.timedelta(days=1)}
    with refused_by("extension_has_reason_and_future"):
        Extension.objects.create(candidacy=CandidacyFactory(), **(words | facts))
