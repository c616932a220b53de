"""An edition that is invented says so wherever it is read."""

import json

import pytest

from labels.queries import share
from labels.queries.share import _words, palmares_picture
from tests.factories.atlaas import CommuneFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
YEAR = 2031
WORD = "démonstration"
PAGES = (
    "/",
    "/palmares/",
    "/palmares/{year}/",
    "/palmares/{year}/regions/{region}/",
    "/statistiques/{year}/",
    "/collectivites/",
    "/collectivites/{code}-{slug}/",
    "/donnees/",
)
RESOURCES = (
    "/api/v1/palmares/",
    "/api/v1/palmares/{year}/",
    "/api/v1/palmares/{year}/carte.geojson",
    "/api/v1/statistiques/{year}/",
    "/api/v1/collectivites/{code}/",
)


def told(*, is_demo, coverage="complete"):
    edition = EditionFactory(year=YEAR, is_demo=is_demo, coverage=coverage)
    town = CommuneFactory()
    facts = {} if coverage == "complete" else {"source": "https://exemple.test/"}
    award = AwardFactory(edition=edition, collectivity=town, **facts)
    return award, {"year": YEAR, "region": town.region.slug, "code": town.code, "slug": town.slug}


@pytest.mark.parametrize("is_demo", [True, False])
@pytest.mark.parametrize("page", PAGES)
def test_page_says_so(client, settings, page, is_demo):
    settings.DEMO = False  # the bar of a demonstration site says the word on every page
    _, place = told(is_demo=is_demo)

    assert (f">{WORD}<" in client.get(page.format(**place)).text) is is_demo


@pytest.mark.parametrize("is_demo", [True, False])
def test_attested_lines_say_so(client, settings, is_demo):
    settings.DEMO = False
    told(is_demo=is_demo, coverage="attested")

    assert (f">{WORD}<" in client.get(f"/palmares/{YEAR}/").text) is is_demo


@pytest.mark.parametrize("is_demo", [True, False])
@pytest.mark.parametrize("resource", RESOURCES)
def test_resource_says_so(client, resource, is_demo):
    _, place = told(is_demo=is_demo)

    answer = client.get(resource.format(**place))
    assert answer.status_code == 200, resource
    assert values_of("is_demo", json.loads(answer.content)) == {is_demo}


@pytest.mark.parametrize("is_demo", [True, False])
def test_pictures_say_so(monkeypatch, is_demo):
    award, _ = told(is_demo=is_demo)
    drawn = []
    monkeypatch.setattr(share, "_drawn", lambda *facts: drawn.append(facts[1]))
    palmares_picture(award.edition, None)

    assert (WORD in drawn[0]) is is_demo
    assert (WORD in _words(award)) is is_demo


def values_of(key, tree):
    """Every value that this key has anywhere in a JSON document."""
    if isinstance(tree, dict):
        below = [values_of(key, value) for value in tree.values()]
        return set().union(*below, {tree[key]} if key in tree else set())
    return set().union(*(values_of(key, one) for one in tree)) if isinstance(tree, list) else set()
