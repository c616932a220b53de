"""The jury's letters in the hand-over dossier of `labels`: those sent, once their palmarès is public."""

import pytest

from jury.operations.letter import send
from jury.queries.handover import letters_chapter
from labels.queries.document_place import reading_of
from labels.queries.member_document import chapters_of, document_of
from labels.rules.member_document import Asked
from tests.factories.letter import Case, enjeux, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case():
    made = Case()
    (enjeu,) = enjeux("Éducation")
    handed_in(made.jurors[0], made.candidacy, strengths=[enjeu])
    return made


def letters(town):
    (found,) = document_of(reading_of(town), Asked("passation", ("lettres",)))["chapters"]
    return found


def test_dossier_offers_the_letters():
    assert list(chapters_of("passation").items())[-1] == ("lettres", "Les lettres du jury")


def test_letter_that_was_not_sent_is_not_there(case):
    case.ready()

    found = letters(case.town)

    assert [one["kind"] for one in found["blocks"]] == ["prose"]
    assert found["blocks"][0]["text"].startswith("Aucune lettre du jury")


def test_letter_says_what_it_said(case, settings):
    settings.PUBLIC_URL = "https://atlaas.test"
    case.ready()
    send(case.edition, by=case.organiser)

    lead, points = letters(case.town)["blocks"]

    assert lead["text"].startswith(f"Édition {case.edition.year}, lettre envoyée le ")
    assert "Niveau\u00a0: 3\u00a0arobases sur\u00a05" in lead["text"]
    assert [one["name"] for one in points["columns"][0]["items"]] == ["Éducation"]


def test_letter_of_another_is_not_there(case, settings):
    settings.PUBLIC_URL = "https://atlaas.test"
    other = Case(2031).candidacy.collectivity
    case.ready()
    send(case.edition, by=case.organiser)

    assert letters(other)["blocks"][0]["text"].startswith("Aucune lettre du jury")


def test_letters_take_one_query(case, settings, django_assert_num_queries):
    settings.PUBLIC_URL = "https://atlaas.test"
    case.ready()
    send(case.edition, by=case.organiser)

    with django_assert_num_queries(1):
        letters_chapter(case.town)
