import re

import pytest

from tests.factories.atlaas import CommuneFactory
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db


def places(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return re.findall(r"<loc>http://testserver(.*?)</loc>", answer.content.decode())


def test_index_names_every_section(client):
    assert places(client, "/sitemap.xml") == [
        f"/sitemap-{name}.xml" for name in ("pages", "palmares", "statistiques", "regions", "collectivites")
    ]


def test_sections_name_only_what_is_public(client):
    award = AwardFactory(collectivity__code="01001")
    AwardFactory(edition=EditionFactory(year=2027, published_at=None))
    CommuneFactory()

    assert places(client, "/sitemap-palmares.xml") == ["/palmares/2025/"]
    assert places(client, "/sitemap-regions.xml") == [
        f"/palmares/2025/regions/{award.collectivity.region.slug}/"
    ]
    assert places(client, "/sitemap-collectivites.xml") == ["/collectivites/01001-exempleville-01001/"]
    assert places(client, "/sitemap-statistiques.xml") == []


def test_pages_of_the_sitemap_all_answer(client):
    assert [client.get(path).status_code for path in places(client, "/sitemap-pages.xml")] == [200] * 7


def test_sections_are_empty_before_any_palmares(client):
    assert places(client, "/sitemap-regions.xml") == []


def test_unknown_section_is_404(client):
    assert client.get("/sitemap-autres.xml").status_code == 404
