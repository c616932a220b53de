"""The page of kept searches."""

import pytest
from django.urls import reverse

from atlaas.models import SavedSearch
from tests.factories.atlaas import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/espace/recherches/"


@pytest.fixture
def user(client):
    person = UserFactory()
    client.force_login(person)
    return person


@pytest.fixture
def search(user):
    return SavedSearch.objects.create(user=user, name="Les bus <b>", query="q=bus&tri=pertinence")


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_page_asks_for_an_account(client):
    assert client.get(LIST).status_code == 302


def test_search_is_kept_from_the_results(client, user):
    response = client.post(LIST, {"name": "Bus", "query": "?q=bus", "is_alert": "oui"}, follow=True)

    assert told(response) == ["La recherche est gardée."]
    assert [(one.name, one.query, one.is_alert) for one in user.searches.all()] == [("Bus", "q=bus", True)]


@pytest.mark.parametrize("name", ["", "x" * 121, "\x00"])
def test_search_needs_a_name(client, user, name):
    response = client.post(LIST, {"name": name, "query": "q=bus"}, follow=True)

    assert told(response) == ["Donnez à cette recherche un nom de 120 caractères au plus."]
    assert not user.searches.exists()


def test_refusal_is_a_sentence(client, search):
    response = client.post(LIST, {"name": "Bus", "query": search.query}, follow=True)

    assert told(response) == ["Vous gardez déjà cette recherche."]


def test_page_shows_and_escapes_names(client, search):
    html = client.get(LIST).content.decode()

    assert "Les bus &lt;b&gt;" in html
    assert "Les bus <b>" not in html


def test_message_leads_to_the_latest_first(client, search):
    assert client.get(f"{LIST}{search.pk}/").url == f"{reverse('sheet-list')}?q=bus&tri=date"


def test_search_is_renamed_and_silenced(client, search):
    client.post(f"{LIST}{search.pk}/modifier/", {"name": "Cars"})

    search.refresh_from_db()
    assert (search.name, search.is_alert) == ("Cars", False)


def test_search_keeps_its_name_when_the_new_one_is_empty(client, search):
    response = client.post(f"{LIST}{search.pk}/modifier/", {"name": ""}, follow=True)

    search.refresh_from_db()
    assert told(response) == ["Donnez à cette recherche un nom de 120 caractères au plus."]
    assert search.name == "Les bus <b>"


def test_search_is_forgotten(client, search):
    response = client.post(f"{LIST}{search.pk}/oublier/", follow=True)

    assert not SavedSearch.objects.exists()
    assert "Vous ne gardez encore aucune recherche." in response.content.decode()


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("post", "modifier/"), ("post", "oublier/")])
def test_search_of_someone_else_is_not_found(client, user, method, path):
    theirs = SavedSearch.objects.create(user=UserFactory(), name="La leur", query="q=bus")

    response = getattr(client, method)(f"{LIST}{theirs.pk}/{path}", {"name": "À moi"})

    assert response.status_code == 404
    assert SavedSearch.objects.get().name == "La leur"


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_queries_for_any_number_of_searches(
    client, user, django_assert_num_queries, rows
):
    for number in range(rows):
        SavedSearch.objects.create(user=user, name="Bus", query=f"q={number}")

    with django_assert_num_queries(3):
        client.get(LIST)
