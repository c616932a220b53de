"""The press kit as the public gets it, and its PDF."""

import datetime as dt

import pytest
from django.utils import timezone

from labels.models import Edition
from labels.operations.press_kit import make
from labels.operations.statistics import recompute
from labels.queries.press_kit import document_of
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory
from tests.factories.press_kit import EditorialBlockFactory
from tests.labels.press_kit import PAGE, PDF, page_sections, pdf_lines, pdf_of, pdf_rows, plain, words_of
from tests.pdf import elements_of, faults_of

pytestmark = pytest.mark.django_db
HOSTILE = '#panic("x") *gras* $x$ `brut` [#sys] <script>alert(1)</script> \\u{41} @renvoi'


@pytest.fixture(autouse=True)
def private(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_queries(client, win, count, django_assert_num_queries):
    awards = win(*(f"Exempleville {number}" for number in range(count)), level=5, is_ten=True)
    for award in awards:
        MentionFactory(award=award)
        EditorialBlockFactory(edition=award.edition)

    with django_assert_num_queries(10):
        answer = client.get(PAGE)

    assert (answer.status_code, len(page_sections(client)["Normandie"])) == (200, count)


@pytest.mark.parametrize("count", [1, 3])
def test_pdf_costs_the_same_queries(client, win, count, django_assert_num_queries):
    win(*(f"Exempleville {number}" for number in range(count)))
    make("2025")

    with django_assert_num_queries(11):
        answer = client.get(PDF)

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer["Content-Disposition"] == 'inline; filename="dossier-de-presse-2025.pdf"'


@pytest.mark.parametrize("address", [PAGE, PDF])
def test_nothing_is_there_before_publication(client, win, address):
    edition = EditionFactory(year=2025, published_at=None)
    win("Exempleville")
    make("2025")

    assert client.get(address).status_code == 404
    type(edition).objects.update(published_at=timezone.now() + dt.timedelta(hours=1))
    assert client.get(address).status_code == 404
    type(edition).objects.update(published_at=timezone.now())
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("address", [PAGE, PDF])
def test_an_edition_that_is_not_known_whole_has_none(client, address):
    AwardFactory(edition=EditionFactory(year=2025, coverage="attested"), source="https://exemple.test/")

    assert client.get(address).status_code == 404


def test_without_figures_the_page_says_that_they_are_coming(client):
    AwardFactory()

    assert "Calcul en cours" in client.get(PAGE).text
    assert client.get(PDF).status_code == 503


def test_pdf_that_is_not_made_yet_says_so_and_when(client, win):
    win("Exempleville")

    answer = client.get(PDF)

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert "dix minutes au plus" in answer.text
    assert f'href="{PAGE}"' in answer.text


def test_pdf_that_tells_what_is_true_no_more_is_not_served(client, win):
    win("Exempleville")
    pdf_of(client)
    EditorialBlockFactory(edition=Edition.objects.get(year=2025))

    assert client.get(PDF).status_code == 503
    assert "Un message" in words_of(client)


def test_pdf_is_tagged_titled_and_described(client, win):
    win("Ancre", "Bourg")
    win("Titre", level=5, is_ten=True)
    EditorialBlockFactory(
        edition=Edition.objects.get(year=2025), text="## Un titre\n\n- un\n- deux\n\n> cité"
    )

    content = pdf_of(client)

    assert faults_of(content, title="Dossier de presse, palmarès 2025") == []
    pictures = [alt for kind, alt in elements_of(content) if kind == "Figure"]
    assert [plain(one.split("\u202f;")[0]) for one in pictures] == [
        "Carte : France métropolitaine, 3 lauréats",
        "Carte : Guadeloupe, 0 lauréat",
        "Carte : Martinique, 0 lauréat",
        "Carte : Guyane, 0 lauréat",
        "Carte : La Réunion, 0 lauréat",
        "Carte : Mayotte, 0 lauréat",
    ]


def test_page_and_pdf_have_the_same_list(client, win):
    win("Ancre", "Bourg")
    win("Doute", level=4, level_is_certain=False)
    [titled] = win("Titre", level=5, is_ten=True)
    MentionFactory(award=titled)
    make("2025")

    listed = page_sections(client)
    drawn = pdf_lines(client, list(listed))

    assert [(one["name"], one["level"]) for one in listed["Normandie"]] == [
        ("Ancre", "3 @"), ("Bourg", "3 @"), ("Doute", "4 ou 5 @ *"), ("Titre", "5 @"),
    ]  # fmt: skip
    assert [(one["name"], one["category"], one["level"]) for one in drawn["Normandie"]] == [
        (one["name"], one["category"], one["level"]) for one in listed["Normandie"]
    ]
    assert [bool(one["ten"]) for one in drawn["Normandie"]] == [False, False, False, True]
    assert drawn["Normandie"][3]["mentions"] == ", mention médiation numérique"


def test_one_award_altered_is_seen_by_page_and_pdf(client, win):
    [award, _other] = win("Ancre", "Bourg")
    before = pdf_rows(client, ["Normandie"])["Normandie"]

    type(award).objects.filter(pk=award.pk).update(category="village", level=2)
    recompute("2025")

    assert (before[:4], pdf_rows(client, ["Normandie"])["Normandie"][:4]) == ((2, 0, 0, 2), (1, 1, 0, 2))
    assert page_sections(client)["Normandie"][0] == {"name": "Ancre", "category": "village", "level": "2 @"}


def test_what_people_wrote_is_text(client, win):
    win(HOSTILE[:60])
    EditorialBlockFactory(
        edition=Edition.objects.get(year=2025),
        title=HOSTILE,
        text=HOSTILE,
        signatory=HOSTILE[:100],
        source=HOSTILE,
    )

    words = words_of(client)

    assert words.count('#panic("x")') >= 5
    assert "<script>alert" not in client.get(PAGE).text


def test_a_demonstration_says_so(client, win):
    EditionFactory(year=2025, is_demo=True)
    win("Exempleville")

    assert "Démonstration : rien de cette édition n’est réel." in words_of(client)


def test_palmares_leads_to_the_press_kit(client, win):
    win("Exempleville")

    assert f'href="{PAGE}"' in client.get("/palmares/2025/").text
    assert f'href="{PDF}"' in client.get(PAGE).text


def test_document_is_none_without_figures():
    assert document_of(EditionFactory(year=2025)) is None
