import pytest

from labels.operations.statistics import recompute
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


def test_latest_leads_to_the_latest_complete_edition(client):
    EditionFactory(year=2025)
    EditionFactory(year=2026, coverage="attested")

    assert client.get("/statistiques/")["Location"] == "/statistiques/2025/"


def test_latest_without_any_edition_says_what_to_do(client):
    assert "Aucun palmarès complet n’est public" in text_of(client, "/statistiques/")


def test_stored_figures_stand_with_their_definitions_and_date(client):
    AwardFactory(level=4, level_is_certain=False)
    AwardFactory(level=5, is_ten=True)
    recompute("2025")

    text = text_of(client, "/statistiques/2025/")

    assert "<dt>lauréats</dt> <dd> 2 </dd>" in text
    assert '4 ou 5 @ (à confirmer)</th> <td class="num">1</td>' in text
    assert "chacun compté une fois" in text
    assert "Empreinte SHA-256" in text
    assert "Calculé le <time" in text


def test_attested_edition_has_no_figure(client):
    AwardFactory(edition=EditionFactory(year=2018, coverage="attested"))

    assert "Aucun chiffre pour cette édition" in text_of(client, "/statistiques/2018/")


def test_figures_not_computed_yet_say_so(client):
    EditionFactory(year=2025)

    assert "en cours de calcul" in text_of(client, "/statistiques/2025/")


@pytest.mark.parametrize("year", ["1998", "2027", "99999"])
def test_unknown_or_secret_edition_is_404(client, year):
    EditionFactory(year=2027, published_at=None)

    assert client.get(f"/statistiques/{year}/").status_code == 404


@pytest.mark.parametrize("lines", [1, 3])
def test_page_takes_five_queries(client, lines, django_assert_num_queries):
    for _ in range(lines):
        AwardFactory()
    recompute("2025")

    with django_assert_num_queries(5):
        client.get("/statistiques/2025/")
