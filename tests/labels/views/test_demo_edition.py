"""An edition that is invented says so wherever it is read."""

import json
import re

import pytest
from django.urls import reverse

from labels.operations.award import confirm_level
from labels.operations.candidacy import save
from labels.operations.filing import file
from labels.queries import share
from labels.queries.clock import now
from labels.queries.share import _words, palmares_picture
from tests.factories.atlaas import CommuneFactory, GroupFactory, UserFactory, agent_of
from tests.factories.campaign import open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of
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


OF_CANDIDACY = ("candidacy", "candidacy-sheets", "candidacy-check", "derogation")
OF_PLACE = ("space-mosaic", "assessment", "next-level")
OF_EDITION = ("board", "edition-setup", "subscriptions")


def campaign(*, is_demo):
    """A candidacy filed with everything, in an edition that is open; the person who filed it."""
    candidacy = a_complete_candidacy(edition=open_edition(YEAR, is_demo=is_demo))
    agent = publisher_of(candidacy.collectivity)
    file(candidacy, by=agent, arrived_at=now())
    return candidacy, agent


def says_so(text):
    return f">{WORD}<" in text


@pytest.mark.parametrize("is_demo", [True, False])
def test_pages_of_a_campaign_say_so_to_its_people(client, settings, is_demo):
    settings.DEMO = False
    candidacy, agent = campaign(is_demo=is_demo)
    town = candidacy.collectivity
    client.force_login(agent)
    addresses = [
        *(reverse(name, args=[town.code, YEAR]) for name in OF_CANDIDACY),
        *(reverse(name, args=[town.code]) for name in OF_PLACE),
        reverse("mosaic", args=[town.code, town.slug]),
        reverse("receipt", args=[town.code, YEAR, 1]),
    ]

    told = {one: says_so(client.get(one).text) for one in addresses}

    assert told == dict.fromkeys(addresses, is_demo)


@pytest.mark.parametrize("is_demo", [True, False])
def test_page_where_a_candidacy_starts_says_so(client, settings, is_demo):
    settings.DEMO = False
    open_edition(YEAR, is_demo=is_demo)
    town = CommuneFactory()
    client.force_login(agent_of(town))

    assert says_so(client.get(reverse("candidacy", args=[town.code, YEAR])).text) is is_demo


@pytest.mark.parametrize("is_demo", [True, False])
def test_two_texts_to_merge_say_so(client, settings, is_demo):
    settings.DEMO = False
    candidacy = a_complete_candidacy(edition=open_edition(YEAR, is_demo=is_demo))
    agent = publisher_of(candidacy.collectivity)
    save(candidacy, by=agent, version=1, facts={"elected_name": "La leur"})
    client.force_login(agent)
    sent = {"version": 1, "base": "{}", "elected_name": "La mienne"}

    page = client.post(reverse("candidacy", args=[candidacy.collectivity.code, YEAR]), sent)

    assert (page.status_code, says_so(page.text)) == (409, is_demo)


@pytest.mark.parametrize("is_demo", [True, False])
def test_screens_of_organisers_say_so(client, settings, is_demo):
    settings.DEMO = False
    candidacy, _ = campaign(is_demo=is_demo)
    client.force_login(UserFactory(is_organiser=True))
    addresses = [
        *(reverse(name, args=[YEAR]) for name in OF_EDITION),
        reverse("candidacy-view", args=[YEAR, candidacy.pk]),
    ]

    told = {one: says_so(client.get(one).text) for one in addresses}

    assert told == dict.fromkeys(addresses, is_demo)


@pytest.mark.parametrize("is_demo", [True, False])
def test_levels_changed_meanwhile_say_so(client, settings, is_demo):
    settings.DEMO = False
    edition = EditionFactory(year=YEAR, is_demo=is_demo)
    award = AwardFactory(edition=edition, level=4, level_is_certain=False)
    client.force_login(UserFactory(is_organiser=True))
    sent = {"raison": "affiche", "versions": f"{award.pk}:1", "liste": "attente", f"niveau-{award.pk}": "5"}
    confirm_level(award, level=3, by=UserFactory(is_organiser=True), reason="affiche", version=1)

    page = client.post(reverse("level-review", args=[YEAR]), sent)

    assert (page.status_code, says_so(page.text)) == (409, is_demo)


@pytest.mark.parametrize("is_demo", [True, False])
def test_svg_of_the_mosaic_says_so(client, is_demo):
    edition = open_edition(YEAR, is_demo=is_demo)
    town = CommuneFactory()

    picture = client.get(reverse("mosaic-picture", args=[town.code])).text

    title = f"Mosaïque des services, {town.name}, édition {edition.year}"
    assert f">{title} ({WORD})</title>" in picture if is_demo else f">{title}</title>" in picture
    assert (WORD in picture) is is_demo


@pytest.mark.parametrize("is_demo", [True, False])
def test_every_line_of_a_csv_says_so(client, is_demo):
    candidacy, _ = campaign(is_demo=is_demo)
    AwardFactory(edition=EditionFactory(year=2025, is_demo=is_demo))
    client.force_login(UserFactory(is_organiser=True))

    for address in (reverse("palmares-csv", args=[2025]), reverse("board-csv", args=[YEAR])):
        header, line = client.get(address).text.strip().split("\r\n")
        assert (header.split(";")[-1], line.split(";")[-1]) == ("demonstration", "oui" if is_demo else "non")
    assert candidacy.edition.is_demo is is_demo


@pytest.mark.parametrize("is_demo", [True, False])
@pytest.mark.parametrize(
    "page", ["palmares/{year}/", "palmares/{year}/regions/{region}/", "collectivites/{code}-{slug}/"]
)
def test_words_for_search_engines_say_so(client, page, is_demo):
    _, place = told(is_demo=is_demo)

    text = client.get("/" + page.format(**place)).text

    found = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.DOTALL)
    assert (f"({WORD})" in json.dumps(json.loads(found[1]), ensure_ascii=False)) is is_demo


@pytest.mark.parametrize("is_demo", [True, False])
def test_page_says_so_of_its_group_and_of_its_members(client, settings, is_demo):
    settings.DEMO = False
    edition = EditionFactory(year=YEAR, is_demo=is_demo, coverage="attested")
    group = GroupFactory()
    town, other = CommuneFactory(epci=group), CommuneFactory(epci=group)
    AwardFactory(edition=edition, collectivity=other, source="https://exemple.test/")
    assert says_so(client.get(group.get_absolute_url()).text) is is_demo

    AwardFactory(edition=edition, collectivity=group, category="territoire", source="https://exemple.test/")

    assert says_so(client.get(town.get_absolute_url()).text) is is_demo
