import pytest
from django.utils import timezone

from atlaas.models import Job
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


def test_home_of_the_demo_shows_how_far_the_fiches_are(client, settings):
    settings.DEMO = True
    Job.objects.create(
        kind="demo-corpus",
        key="15424",
        state="running",
        lease_until=timezone.now(),
        progress=6200,
        total=15424,
    )

    text = client.get("/").content.decode()
    fragment = client.get("/demo/avancement/").content.decode()

    assert "6\u202f200\u00a0fiches sur 15\u202f424" in fragment
    assert fragment.strip() in text
    assert "htmx" in text


@pytest.mark.parametrize("state", ["done", "failed"])
def test_progress_is_gone_once_the_fiches_are_there(client, settings, state):
    settings.DEMO = True
    Job.objects.create(kind="demo-corpus", key="300", state=state, finished_at=timezone.now())

    assert client.get("/demo/avancement/").content.decode().strip() == ""
    assert "htmx" not in client.get("/").content.decode()


def test_progress_exists_in_the_demo_only(client):
    assert client.get("/demo/avancement/").status_code == 404
