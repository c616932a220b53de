"""The screens where organisers type the texts of a press kit."""

import pytest
from django.urls import reverse
from django.utils import timezone

from labels.queries.mark import mark_of
from tests.factories.atlaas import UserFactory
from tests.factories.campaign import open_edition
from tests.factories.labels import EditionFactory
from tests.factories.press_kit import EditorialBlockFactory

pytestmark = pytest.mark.django_db
BOARD = reverse("press-kit-board", args=[2025])
NEW = reverse("press-kit-block-new", args=[2025])
PREVIEW = reverse("press-kit-preview", args=[2025])
SENT = {
    "kind": "quote",
    "title": "",
    "text": "Des mots.",
    "signatory": "Camille Exemple",
    "function": "",
    "source": "",
}


@pytest.fixture
def edition():
    return EditionFactory(year=2025)


@pytest.fixture(autouse=True)
def organiser(client):
    person = UserFactory(is_organiser=True)
    client.force_login(person)
    return person


def at(block):
    return reverse("press-kit-block", args=[block.edition.year, block.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_board_costs_the_same_queries(client, edition, count, django_assert_num_queries):
    for _ in range(count):
        EditorialBlockFactory(edition=edition)
    client.get(BOARD)

    with django_assert_num_queries(5):
        answer = client.get(BOARD)

    assert answer.text.count(">Camille Exemple</span>") == count


def test_a_text_is_typed_and_previewed(client, win):
    win("Exempleville")
    assert f'href="{BOARD}"' in client.get("/palmares/2025/dossier-de-presse/").text
    assert client.post(NEW, SENT).status_code == 302
    assert "Camille Exemple" in client.get(BOARD).text

    page = client.get(PREVIEW).text

    assert "Aperçu" in page
    assert "Des mots." in page


@pytest.mark.parametrize("missing", ["text", "signatory", "kind"])
def test_what_is_missing_is_said(client, edition, missing):
    answer = client.post(NEW, SENT | {missing: ""})

    assert answer.status_code == 422
    assert 'class="error"' in answer.text


def test_two_people_at_once_get_both_texts(client, edition):
    block = EditorialBlockFactory(edition=edition, kind="quote")
    read = mark_of(block)
    assert client.post(at(block), SENT | {"text": "Les mots de Claude.", "read": read}).status_code == 302

    answer = client.post(at(block), SENT | {"text": "Les mots de Dominique.", "read": read})

    assert answer.status_code == 409
    assert "Les mots de Claude." in answer.text
    assert "Les mots de Dominique." in answer.text
    block.refresh_from_db()
    assert block.text == "Les mots de Claude."


def test_texts_are_moved_and_taken_out(client, edition):
    first, second = (EditorialBlockFactory(edition=edition, title=title) for title in ("Un", "Deux"))

    for action, left in (("descendre", ["Deux", "Un"]), ("monter", ["Un", "Deux"]), ("retirer", ["Deux"])):
        assert client.post(at(first), {"action": action}).status_code == 302
        assert [one.title for one in edition.editorial_blocks.order_by("position")] == left
    assert client.get(at(second)).status_code == 200


def test_a_published_campaign_says_that_it_stands(client):
    campaign = open_edition()
    block = EditorialBlockFactory(edition=campaign)
    type(campaign).objects.update(published_at=timezone.now())

    assert "Cette édition est publiée" in client.get(at(block)).text
    assert client.post(at(block), SENT | {"read": mark_of(block)}).status_code == 422
    answer = client.post(at(block), {"action": "retirer"}, follow=True)
    assert "Cette édition est publiée" in answer.text
    assert campaign.editorial_blocks.count() == 1


def test_preview_shows_an_edition_that_is_not_public(client, win):
    EditionFactory(year=2025, published_at=None)
    win("Exempleville")

    assert "Exempleville" in client.get(PREVIEW).text
    client.logout()
    assert client.get(PREVIEW).status_code in {302, 404}
