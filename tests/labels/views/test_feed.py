"""The feed of a search."""

from xml.etree import ElementTree as ET

import pytest
from django.urls import reverse

from atlaas.models import PublicSheet
from tests.factories.atlaas import CommuneFactory, agent_of, published_sheet

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEED = "/fiches/flux.atom"


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def agent(commune):
    return agent_of(commune)


def entries(response):
    return ET.fromstring(response.content).findall("a:entry", ATOM)


def test_feed_tells_each_fiche_with_absolute_addresses(client, commune, agent):
    sheet = published_sheet(commune, by=agent)

    response = client.get(FEED)

    (entry,) = entries(response)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert entry.find("a:id", ATOM).text == f"urn:uuid:{sheet.pk}"
    assert entry.find("a:title", ATOM).text == sheet.title
    assert entry.find("a:link", ATOM).get("href") == f"http://testserver/fiches/{sheet.pk}/"
    assert entry.find("a:author/a:name", ATOM).text == commune.name
    assert entry.find("a:updated", ATOM).text == sheet.public.updated_at.isoformat()


def test_feed_keeps_to_what_is_asked(client, commune, agent):
    published_sheet(commune, by=agent, title="Un bus")
    published_sheet(commune, by=agent, title="Un drone", summary="Vole.", text="Haut.")

    response = client.get(FEED, {"q": "drone", "nature": "initiative"})

    root = ET.fromstring(response.content)
    assert [entry.find("a:title", ATOM).text for entry in entries(response)] == ["Un drone"]
    assert root.find("a:title", ATOM).text == "Fiches action – drone – Nature\u00a0: initiative"
    assert [link.get("href") for link in root.findall("a:link", ATOM)] == [
        "http://testserver/fiches/?q=drone&nature=initiative",
        "http://testserver/fiches/flux.atom?q=drone&nature=initiative",
    ]


def test_feed_of_a_filter_that_means_nothing_is_refused(client, commune, agent):
    published_sheet(commune, by=agent)

    response = client.get(FEED, {"q": "bus", "enjeu": "inconnu"})

    assert (response.status_code, response["Content-Type"]) == (400, "text/plain; charset=utf-8")


def test_feed_that_did_not_change_is_answered_304(client, commune, agent):
    published_sheet(commune, by=agent)
    first = client.get(FEED)

    by_tag = client.get(FEED, headers={"if-none-match": first["ETag"]})
    by_date = client.get(FEED, headers={"if-modified-since": first["Last-Modified"]})
    published_sheet(commune, by=agent)
    changed = client.get(FEED, headers={"if-none-match": first["ETag"]})

    assert (by_tag.status_code, by_date.status_code, changed.status_code) == (304, 304, 200)


def test_empty_feed_is_the_same_each_time(client):
    first = client.get(FEED)

    assert client.get(FEED, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("title", ["<script>alert(1)</script>", "]]>&amp;<b>", "Bus \x02\x0b\ufffe !"])
def test_hostile_title_stays_text(client, commune, agent, title):
    published_sheet(commune, by=agent)
    PublicSheet.objects.update(title=title)

    (entry,) = entries(client.get(FEED))

    assert entry.find("a:title", ATOM).text == title.translate({2: " ", 11: " ", 0xFFFE: " "})
    assert entry.find("a:title", ATOM).get("type") is None


def test_feed_is_linked_by_its_page(client):
    assert f'href="{FEED}"' in client.get(reverse("sheet-list")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_feed_costs_the_same_queries_for_any_number_of_entries(client, django_assert_num_queries, rows):
    for _ in range(rows):
        published_sheet()

    with django_assert_num_queries(3):
        client.get(FEED, {"q": "bus"})
