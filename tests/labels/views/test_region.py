import json
import re

import pytest

from tests.factories.atlaas import RegionFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
URL = "/palmares/2025/regions/normandie/"


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_queries(client, win, count, django_assert_num_queries):
    win(*(f"Exempleville {number}" for number in range(count)))

    with django_assert_num_queries(7):
        response = client.get(URL)

    assert response.content.decode().count("<g><title>") == count


def test_page_lists_its_laureates_by_category(client, win):
    win("Bourg", category="village")
    win("Ancre")
    win("Corte", region=RegionFactory(code="94", name="Corse"))

    text = client.get(URL).content.decode()

    assert re.findall(r'id="c-([a-z]+)"', text) == ["ville", "village"]
    assert re.findall(r'class="who"><a [^>]*>([^<]*)<', text) == ["Ancre", "Bourg"]
    facts = json.loads(re.search(r'ld\+json">(.*?)</script>', text)[1])
    assert [(one["position"], one["name"]) for one in facts["itemListElement"]] == [
        (1, "Ancre"),
        (2, "Bourg"),
    ]


def test_page_links_to_neighbours(client, win):
    win("Ancre")
    RegionFactory(code="53", name="Bretagne")

    assert 'href="/palmares/2025/regions/bretagne/"' in client.get(URL).content.decode()


def test_page_of_a_region_without_laureate_says_so(client, normandy):
    EditionFactory()

    response = client.get(URL)

    assert response.status_code == 200
    assert "Aucun lauréat en région Normandie" in response.content.decode()


def test_page_of_a_region_without_contour_has_no_map(client, win):
    win("Exempleville", region=RegionFactory(code="975", name="Saint-Pierre-et-Miquelon"))

    response = client.get("/palmares/2025/regions/saint-pierre-et-miquelon/")

    assert "cette page n’a pas de carte" in response.content.decode()


def test_page_before_its_statistics_says_so(client, normandy):
    AwardFactory(collectivity__departement__region=normandy)

    assert "Calcul en cours" in client.get(URL).content.decode()


def test_unknown_region_is_not_found(client, win):
    win("Ancre")

    assert client.get("/palmares/2025/regions/atlantide/").status_code == 404


@pytest.mark.parametrize("values", [{"published_at": None}, {"coverage": "attested"}])
def test_region_of_an_edition_not_published_or_not_known_whole_is_not_found(client, normandy, values):
    EditionFactory(**values)

    assert client.get(URL).status_code == 404
