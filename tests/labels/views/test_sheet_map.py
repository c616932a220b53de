import gzip
import json
from random import Random

import pytest

from atlaas.models import PublicSheet
from tests.factories.atlaas import CommuneFactory, DepartementFactory, RegionFactory
from tests.factories.renewal import past_sheets

pytestmark = pytest.mark.django_db
FRANCE = {"bbox": "-5.5,41,9.8,51.5", "zoom": "6"}
POINTS = "/carte/points.json"
BAD = '<img src=x onerror="alert(1)">'


def answer(client, **asked):
    return json.loads(client.get(POINTS, FRANCE | asked).content)


def scattered(count, seed=7):
    """Fiches all over France, with titles as long as allowed."""
    town = CommuneFactory(name="Saint-Rémy-de-la-Longue-Étendue")
    dice = Random(seed)
    sheets = past_sheets(count, town, title="Une médiatrice numérique itinérante dans les hameaux " * 2)
    rows = list(PublicSheet.objects.filter(pk__in=[one.pk for one in sheets]))
    for row in rows:
        row.lon, row.lat = dice.uniform(-4, 8), dice.uniform(43, 50)
    PublicSheet.objects.bulk_update(rows, ["lon", "lat"])
    return town


def test_one_fiche_is_a_mark_with_its_words(client):
    (sheet,) = past_sheets(1, CommuneFactory(name="Roubaix", lon=3.17, lat=50.69))

    found = answer(client)

    mark = {
        "lon": 3.17,
        "lat": 50.69,
        "titre": "Fiche 01",
        "collectivite": "Roubaix",
        "url": f"/fiches/{sheet.pk}/",
    }
    line = {
        "titre": "Fiche 01",
        "collectivite": "Roubaix",
        "url": f"/fiches/{sheet.pk}/",
        "demonstration": False,
    }
    assert found == {"total": 1, "groupes": [], "fiches": [mark], "liste": [line]}


def test_fiches_of_one_place_are_one_cluster_that_leads_to_the_list(client):
    past_sheets(3, CommuneFactory(name="Roubaix", code="59512", lon=3.17, lat=50.69))

    found = answer(client)

    assert found["groupes"] == [
        {
            "lon": 3.17,
            "lat": 50.69,
            "nombre": 3,
            "cadre": [3.17, 50.69, 3.17, 50.69],
            "collectivite": "Roubaix",
            "url": "/fiches/?collectivite=59512",
        }
    ]
    assert (found["total"], found["fiches"], len(found["liste"])) == (3, [], 3)


def test_a_cluster_stands_at_the_centre_of_gravity(client):
    past_sheets(3, CommuneFactory(lon=2.0, lat=47.0))
    past_sheets(1, CommuneFactory(lon=2.4, lat=47.0), title="Autre")

    (cluster,) = answer(client, zoom="3")["groupes"]

    assert (cluster["lon"], cluster["lat"], cluster["nombre"], cluster["cadre"]) == (
        2.1,
        47.0,
        4,
        [2.0, 47.0, 2.4, 47.0],
    )
    assert "collectivite" not in cluster


def test_what_is_outside_the_window_is_not_there(client):
    past_sheets(1, CommuneFactory(lon=55.5, lat=-21.1))

    assert answer(client)["total"] == 0


def test_filters_are_those_of_the_list(client):
    north = DepartementFactory(region=RegionFactory(code="32", slug="hauts-de-france"))
    past_sheets(1, CommuneFactory(departement=north), title="Au nord")
    past_sheets(1, title="Ailleurs")

    found = answer(client, region="hauts-de-france")

    assert [one["titre"] for one in found["liste"]] == ["Au nord"]


def test_a_dense_map_stays_light(client):
    scattered(500)

    answers = [client.get(POINTS, FRANCE | {"zoom": zoom}).content for zoom in ("2", "6", "9", "17")]

    words = [json.loads(found) for found in answers]
    assert [one["total"] for one in words] == [500] * 4
    assert max(len(one["groupes"]) + len(one["fiches"]) for one in words) <= 180
    assert max(len(gzip.compress(found)) for found in answers) <= 30_000


def test_many_single_marks_stay_light(client):
    scattered(150)

    found = client.get(POINTS, FRANCE | {"bbox": "-4,43,8,50", "zoom": "17"})

    assert len(json.loads(found.content)["fiches"]) > 40
    assert len(gzip.compress(found.content)) <= 30_000


@pytest.mark.parametrize("count", [1, 3])
def test_points_take_the_same_queries(client, count, django_assert_num_queries):
    past_sheets(count + 1, CommuneFactory(lon=3, lat=50))
    past_sheets(1, CommuneFactory(lon=-1, lat=44), title="Seule")

    with django_assert_num_queries(POINT_QUERIES):
        client.get(POINTS, FRANCE)


POINT_QUERIES = 5


@pytest.mark.parametrize(
    "asked",
    [
        {"bbox": "nan,41,9,51"},
        {"bbox": "-5,41,inf,51"},
        {"bbox": "9,41,-5,51"},
        {"bbox": "170,-20,-170,0"},
        {"bbox": "'; DROP TABLE--"},
        {"bbox": "\x00"},
        {"zoom": "six"},
        {"zoom": ""},
    ],
)
def test_a_window_that_cannot_be_read_is_told(client, asked):
    found = client.get(POINTS, FRANCE | asked)

    assert found.status_code == 400
    assert json.loads(found.content)["erreur"].startswith("La fenêtre de la carte ")


@pytest.mark.parametrize(
    "asked", [{"zoom": "-1"}, {"zoom": "99"}, {"bbox": "-1e9,-1e9,1e9,1e9"}, {"region": "\x00"}]
)
def test_an_odd_window_is_brought_back(client, asked):
    past_sheets(1)

    assert client.get(POINTS, FRANCE | asked).status_code == 200


def test_hostile_words_are_only_words(client):
    past_sheets(1, CommuneFactory(name=BAD), title=BAD)

    found = client.get(POINTS, FRANCE)

    assert found["Content-Type"] == "application/json"
    assert json.loads(found.content)["fiches"][0]["titre"] == BAD
    assert BAD not in client.get("/carte/").content.decode()


def test_page_serves_without_javascript(client):
    north = DepartementFactory(
        code="59", name="Nord", region=RegionFactory(code="32", name="Hauts-de-France")
    )
    past_sheets(2, CommuneFactory(departement=north))

    text = client.get("/carte/").content.decode()

    assert "Hauts-de-France" in text
    assert 'href="/fiches/?departement=59"' in text
    assert text.count('class="d1"') == 1


def test_page_keeps_the_filters_in_its_links(client):
    RegionFactory(code="32", name="Hauts-de-France", slug="hauts-de-france")
    past_sheets(1, CommuneFactory(departement=DepartementFactory(region_id="32")))

    text = client.get("/carte/?region=hauts-de-france&q=").content.decode()

    assert 'href="/fiches/?region=hauts-de-france"' in text
    assert 'data-points="/carte/points.json?region=hauts-de-france"' in text


def test_page_has_the_filters_of_the_list(client):
    past_sheets(1, CommuneFactory())

    page = client.get("/carte/", {"nature": "initiative"}).content.decode()

    assert 'href="/carte/?nature=initiative&amp;encours=oui"' in page
    assert '<form class="filter-bar finder-form"' in page
    assert 'action="/carte/"' in page


def test_page_without_a_fiche_says_what_to_do(client):
    assert "Aucune fiche ne répond" in client.get("/carte/?q=introuvable").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries(client, count, django_assert_num_queries):
    past_sheets(count)

    with django_assert_num_queries(PAGE_QUERIES):
        client.get("/carte/")


PAGE_QUERIES = 4


def test_ground_is_kept_for_long_and_light(client):
    found = client.get("/carte/contours.json?v=1")

    assert found["Cache-Control"] == "public, max-age=31536000, immutable"
    assert [one["properties"]["kind"] for one in json.loads(found.content)["features"]] == ["land", "border"]
    assert len(gzip.compress(found.content)) <= 90_000
