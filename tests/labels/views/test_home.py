import pytest

from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [1, 3])
def test_home_costs_the_same_queries(client, win, count, django_assert_num_queries):
    win(*(f"Exempleville {number}" for number in range(count)), level=5, is_ten=True)

    with django_assert_num_queries(6):
        response = client.get("/")

    assert response.content.decode().count("titre TEN</title>") == count


def test_home_shows_the_latest_complete_palmares(client, win):
    win("Ancre", level=5, is_ten=True)
    AwardFactory(edition=EditionFactory(year=2026, coverage="attested"), source="un journal")

    text = client.get("/").content.decode()

    assert "1\u00a0collectivité, une à cinq arobases" in text
    assert "il vaut pour 2025, 2026 et 2027" in " ".join(text.split())
    assert 'action="/collectivites/"' in text


def test_home_without_palmares_says_what_to_do(client):
    EditionFactory(published_at=None)

    response = client.get("/")

    assert response.status_code == 200
    assert "Aucun palmarès complet n’est encore public" in response.content.decode()


def test_home_before_the_statistics_says_so(client):
    AwardFactory()

    text = client.get("/").content.decode()

    assert "Calcul en cours" in text
    assert "<dd>0</dd>" not in text
