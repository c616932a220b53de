"""Frames on other sites, and how a site finds them by itself."""

import gzip
import json
import re
from html import unescape
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.atlaas import CommuneFactory, UserFactory, published_sheet, succeed
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
FRAMES = ("niveau", "fiches")
STYLE = Path(settings.BASE_DIR) / "static" / "css" / "embed.css"
HOSTILE = '"><script>alert(1)</script>'


def frame(client, place, kind):
    return client.get(f"/integrer/{place.code}/{kind}/")


def oembed(client, url, **words):
    return client.get("/oembed/", {"url": url, **words})


def page_of(place):
    return f"http://testserver{place.get_absolute_url()}"


@pytest.mark.parametrize("kind", FRAMES)
def test_frame_has_no_script_no_cookie_and_its_own_policy(client, kind):
    award = AwardFactory()
    client.force_login(UserFactory())

    answer = frame(client, award.collectivity, kind)

    assert (answer.status_code, answer.cookies.output()) == (200, "")
    assert "Set-Cookie" not in answer.headers
    assert "X-Frame-Options" not in answer.headers
    assert dict(one.split(" ", 1) for one in answer["Content-Security-Policy"].split("; ")) == {
        "default-src": "'none'",
        "style-src": "'self'",
        "frame-ancestors": "*",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    assert set(answer["Cache-Control"].split(", ")) == {"public", "max-age=60"}
    assert re.findall(r"<script|\son\w+=|\sstyle=|<form", answer.content.decode()) == []


def test_other_pages_still_refuse_to_be_framed(client):
    award = AwardFactory()

    for address in (award.get_absolute_url(), award.collectivity.get_absolute_url()):
        answer = client.get(address)
        assert answer["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("kind", FRAMES)
def test_frame_is_light_all_included(client, kind):
    place = AwardFactory().collectivity
    for _ in range(8):
        published_sheet(place)

    body = frame(client, place, kind).content

    assert len(body) + STYLE.stat().st_size < 20_000
    assert re.findall(r"(?:src|@import|url\()", body.decode() + STYLE.read_text()) == []
    assert len(gzip.compress(body)) < 3_000


def test_frame_of_a_level_tells_it_and_leads_to_its_page(client):
    award = AwardFactory(level=3, category="village")

    told = frame(client, award.collectivity, "niveau").content.decode()

    assert "Village Internet 2025" in told
    assert "3\u00a0arobases sur&nbsp;5" in told
    assert f'<a href="{page_of(award.collectivity)}" target="_top" rel="noopener">' in told


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"level": 4, "level_is_certain": False}, "4 ou 5\u00a0@ (à&nbsp;confirmer)"),
        ({"edition__is_demo": True}, "démonstration"),
    ],
)
def test_frame_of_a_level_hides_no_doubt(client, facts, words):
    award = AwardFactory(**facts)

    assert words in frame(client, award.collectivity, "niveau").content.decode()


def test_frame_before_publication_tells_nothing(client):
    place = CommuneFactory()
    before = frame(client, place, "niveau").content
    AwardFactory(collectivity=place, edition=EditionFactory(year=2030, published_at=None))

    assert frame(client, place, "niveau").content == before
    assert "Aucun niveau du label" in before.decode()


def test_frame_of_fiches_lists_the_latest_ones(client):
    place = CommuneFactory()
    fiche = published_sheet(place)

    told = " ".join(frame(client, place, "fiches").content.decode().split())

    link = f'href="http://testserver/fiches/{fiche.pk}/" target="_top" rel="noopener">{fiche.title}</a>'
    assert link in told


def test_frame_of_no_fiche_says_so(client):
    assert "Aucune fiche action" in frame(client, CommuneFactory(), "fiches").content.decode()


@pytest.mark.parametrize("kind", FRAMES)
def test_frame_of_a_former_code_shows_who_took_it_over(client, kind):
    former, heir = CommuneFactory(is_current=False), CommuneFactory(name="Nouvelle")
    succeed(former, heir)

    assert "Nouvelle" in frame(client, former, kind).content.decode()


@pytest.mark.parametrize("kind", FRAMES)
@pytest.mark.parametrize("code", ["99999", "999999999", "x", "1234", "%00", "1427'"])
def test_frame_of_nobody_is_not_found(client, kind, code):
    assert client.get(f"/integrer/{code}/{kind}/").status_code == 404


@pytest.mark.parametrize("kind", FRAMES)
def test_frame_escapes_what_people_wrote(client, kind):
    place = CommuneFactory(name=HOSTILE, slug="x")
    published_sheet(place, title=HOSTILE)

    assert "<script" not in frame(client, place, kind).content.decode()


@pytest.mark.parametrize(
    ("kind", "many", "queries"), [("niveau", 1, 5), ("niveau", 3, 5), ("fiches", 1, 2), ("fiches", 3, 2)]
)
def test_frame_asks_few_queries(client, kind, many, queries):
    place = CommuneFactory()
    for rank in range(many):
        AwardFactory(collectivity=place, edition=EditionFactory(year=2025 - rank))
        published_sheet(place)

    with CaptureQueriesContext(connection) as captured:
        frame(client, place, kind)

    assert len(captured) == queries


def test_page_gives_the_code_and_shows_it(client):
    place = AwardFactory().collectivity

    answer = client.get(f"{place.get_absolute_url()}integrer/")

    told = answer.content.decode()
    codes = [unescape(one) for one in re.findall(r"<textarea[^>]*>(.*?)</textarea>", told, re.DOTALL)]
    assert [re.search('src="([^"]+)"', one)[1] for one in codes] == [
        f"http://testserver/integrer/{place.code}/{kind}/" for kind in FRAMES
    ]
    assert re.findall(r'<iframe src="([^"]+)"', told) == [
        f"/integrer/{place.code}/{kind}/" for kind in FRAMES
    ]
    assert "frame-src 'self'" in answer["Content-Security-Policy"]


def test_page_of_a_former_code_or_a_wrong_name_redirects_for_good(client):
    former, heir = CommuneFactory(is_current=False), CommuneFactory()
    succeed(former, heir)
    right = f"{heir.get_absolute_url()}integrer/"

    for place, slug in ((former, former.slug), (heir, "autre")):
        answer = client.get(f"/collectivites/{place.code}-{slug}/integrer/")
        assert (answer.status_code, answer["Location"]) == (301, right)


def test_page_of_a_collectivite_is_discovered(client):
    place = AwardFactory().collectivity
    told = client.get(place.get_absolute_url()).content.decode()

    links = re.findall(r'type="(?:application/json|text/xml)\+oembed"\s+title="[^"]*"\s+href="([^"]+)"', told)
    answers = [client.get(unescape(one)) for one in links]

    assert [one["Content-Type"] for one in answers] == ["application/json", "text/xml; charset=utf-8"]


def test_oembed_answers_a_frame(client):
    place = AwardFactory().collectivity

    facts = oembed(client, page_of(place)).json()

    assert facts["html"].startswith(
        f'<iframe src="http://testserver/integrer/{place.code}/niveau/" width="440"'
    )
    assert {name: facts[name] for name in ("version", "type", "width", "height", "provider_url")} == {
        "version": "1.0",
        "type": "rich",
        "width": 440,
        "height": 260,
        "provider_url": "http://testserver/",
    }


def test_oembed_in_xml_says_the_same(client):
    place = CommuneFactory(name="L’Haÿ « & < »", slug="x")
    told = oembed(client, page_of(place)).json()

    root = ET.fromstring(oembed(client, page_of(place), format="xml").content)

    assert {one.tag: one.text for one in root} == {name: str(value) for name, value in told.items()}


@pytest.mark.parametrize(
    ("asked", "size"),
    [
        ({"maxwidth": "300"}, (300, 260)),
        ({"maxheight": "90"}, (440, 90)),
        ({"maxwidth": "2000", "maxheight": "2000"}, (440, 260)),
    ],
)
def test_oembed_honours_the_room_it_is_given(client, asked, size):
    facts = oembed(client, page_of(CommuneFactory()), **asked).json()

    assert (facts["width"], facts["height"]) == size
    assert f'width="{size[0]}" height="{size[1]}"' in facts["html"]


def test_oembed_of_the_frame_of_fiches_shows_fiches(client):
    place = CommuneFactory()

    facts = oembed(client, f"http://testserver/integrer/{place.code}/fiches/").json()

    assert f"/integrer/{place.code}/fiches/" in facts["html"]


@pytest.mark.parametrize(
    "url",
    [
        "http://ailleurs.test/collectivites/{code}-x/",
        "http://testserver@ailleurs.test/collectivites/{code}-x/",
        "http://testserver.ailleurs.test/collectivites/{code}-x/",
        "ftp://testserver/collectivites/{code}-x/",
        "javascript:alert(1)//testserver/collectivites/{code}-x/",
        "//testserver/collectivites/{code}-x/",
        "/collectivites/{code}-x/",
        "http://testserver/collectivites/99999-x/",
        "http://testserver/palmares/",
        "http://testserver/espace/{code}/",
        "http://[",
        "x",
    ],
)
def test_oembed_of_another_address_is_not_found(client, url):
    place = CommuneFactory()

    assert oembed(client, url.format(code=place.code)).status_code == 404


@pytest.mark.parametrize("wanted", ["yaml", "", "JSON", "<script>"])
def test_oembed_in_a_format_that_is_not_written_is_not_implemented(client, wanted):
    assert oembed(client, page_of(CommuneFactory()), format=wanted).status_code == 501


@pytest.mark.parametrize(
    "words", ["", "url=", "url=%00", "maxwidth=0&url=x", "maxheight=-1&url=x", "maxwidth=large&url=x"]
)
def test_oembed_that_cannot_be_read_is_refused(client, words):
    assert client.get(f"/oembed/?{words}").status_code == 400


def test_oembed_sets_no_cookie(client):
    answer = oembed(client, page_of(CommuneFactory()))

    assert answer.cookies.output() == ""
    assert json.loads(answer.content)["cache_age"] == 60
