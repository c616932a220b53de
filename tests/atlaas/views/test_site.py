import pytest
from django.template.loader import render_to_string

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/accessibilite/", "/mentions-legales/", "/connexion/", "/robots.txt"])
def test_page_answers_without_a_query(client, path, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/accessibilite/", "/mentions-legales/", "/referentiel/"])
def test_page_is_only_read(client, path):
    assert client.post(path).status_code == 405


def test_robots_names_the_sitemap(client, settings):
    settings.PUBLIC_URL = "https://atlaas.test"

    answer = client.get("/robots.txt")

    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "Sitemap: https://atlaas.test/sitemap.xml\n" in answer.content.decode()


def test_favicon_leads_to_the_drawing(client):
    assert client.get("/favicon.ico")["Location"] == "/static/img/favicon.svg"


def test_unknown_page_says_where_to_go(client):
    answer = client.get("/nulle-part/")

    assert answer.status_code == 404
    assert "Cette page est introuvable" in answer.content.decode()


def test_stale_form_is_told_in_french(client):
    strict = type(client)(enforce_csrf_checks=True)

    answer = strict.post("/connexion/", {"login": "a@exemple.test", "password": "x"})

    assert answer.status_code == 403
    assert "Ce formulaire est périmé" in answer.content.decode()


@pytest.mark.parametrize("code", ["400", "500"])
def test_page_of_a_breakdown_asks_nothing(code, django_assert_num_queries):
    with django_assert_num_queries(0):
        page = render_to_string(f"{code}.html")

    assert f"Erreur {code}" in page
    assert "{%" not in page
