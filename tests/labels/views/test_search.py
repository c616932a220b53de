"""The page that finds fiches."""

import re

import pytest
from django.urls import reverse

from atlaas.models import PublicSheet
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of, published_sheet

pytestmark = pytest.mark.django_db
HOSTILE = "\"><script>alert(1)</script><img src=x onerror=alert(2)>'{{ 7*7 }}"


def page_of(client, **asked):
    response = client.get(reverse("sheet-list"), asked)
    assert response.status_code == 200
    return response


def titles(response):
    return [sheet.title for sheet in response.context["page"].sheets]


@pytest.fixture
def commune():
    return CommuneFactory(name="Essaie", sort_key="essaie")


@pytest.fixture
def agent(commune):
    return agent_of(commune)


def test_list_without_any_fiche_says_what_to_do(client):
    response = page_of(client)

    assert "Aucune fiche n’est encore publiée." in response.content.decode()


def test_list_shows_the_latest_first(client, commune, agent):
    published_sheet(commune, by=agent, title="Première")
    published_sheet(commune, by=agent, title="Seconde")

    assert titles(page_of(client)) == ["Seconde", "Première"]


def test_text_is_found_without_accents_nor_plurals(client, commune, agent):
    published_sheet(commune, by=agent, title="Des médiathèques à la ferme")
    published_sheet(commune, by=agent, title="Une piscine")

    response = page_of(client, q="mediatheque")

    assert titles(response) == ["Des médiathèques à la ferme"]
    assert "Des <mark>médiathèques</mark> à la ferme" in response.content.decode()


def test_french_quotes_ask_for_the_exact_words(client, commune, agent):
    published_sheet(commune, by=agent, title="Le bus vert")
    published_sheet(commune, by=agent, title="Le vert bus")

    assert titles(page_of(client, q="« bus vert »")) == ["Le bus vert"]


def test_title_weighs_more_than_text(client, commune, agent):
    published_sheet(commune, by=agent, title="Un drone", text="On y parle de drone.")
    published_sheet(commune, by=agent, title="Une fête", text="Le drone a tout filmé.")

    assert titles(page_of(client, q="drone")) == ["Un drone", "Une fête"]
    assert titles(page_of(client, q="drone", tri="date")) == ["Une fête", "Un drone"]


def test_text_of_common_words_only_asks_nothing(client, commune, agent):
    published_sheet(commune, by=agent)

    response = page_of(client, q="le la de")

    assert [one.name for one in response.context["unread"]] == ["q"]
    assert len(titles(response)) == 1


@pytest.mark.parametrize(
    "q",
    [
        "x" * 1_000_000,
        "bus\x00",
        '"bus',
        ":*&|!",
        "bus & | ! ( :*",
        "^(a+)+$",
        "le la de",
        "-bus",
        "\\",
        "%s %(q)s {0}",
        "\ud83d\ude8c".encode("utf-16", "surrogatepass").decode("utf-16"),
        "é" * 300,
    ],
)
def test_hostile_text_is_answered(client, commune, agent, q):
    published_sheet(commune, by=agent)

    assert page_of(client, q=q)


@pytest.mark.parametrize(
    "field",
    [
        "famille",
        "enjeu",
        "service",
        "region",
        "departement",
        "categorie",
        "taille",
        "nature",
        "encours",
        "annee",
    ],
)
@pytest.mark.parametrize("value", ["inconnu", "\x00", "1e9", HOSTILE, "٣٣٣٣"])
def test_unknown_value_is_ignored_with_a_sentence(client, commune, agent, field, value):
    published_sheet(commune, by=agent)

    response = page_of(client, **{field: value})

    assert len(response.context["page"].sheets) == 1
    assert len(response.context["unread"]) == (0 if value == "\x00" else 1)


@pytest.mark.parametrize("name", ["apres", "avant"])
@pytest.mark.parametrize("value", ["x", "éé", "MHwyMDI2", "\x00", "=" * 500, "MHx8"])
def test_spoilt_cursor_gives_the_first_page(client, commune, agent, name, value):
    published_sheet(commune, by=agent)

    response = page_of(client, **{name: value})

    assert [one.name for one in response.context["unread"]] == ["apres"]
    assert len(response.context["page"].sheets) == 1


def test_nothing_of_a_reader_or_an_author_becomes_html(client, commune, agent):
    published_sheet(
        commune,
        by=agent,
        title=f"Bus {HOSTILE}"[:120],
        summary=f"Bus {HOSTILE}",
        text=f"Le bus {HOSTILE} bus",
    )

    found = page_of(client, q="bus", service=HOSTILE).content.decode()
    asked = page_of(client, q=HOSTILE).content.decode()

    for html in (found, asked):
        assert "<script>alert" not in html
        assert "<img" not in html
    assert "<mark>bus</mark>" in found


def test_text_cannot_forge_a_mark(client, commune, agent):
    published_sheet(commune, by=agent)
    PublicSheet.objects.update(title="Un bus \x02forgé\x03", text="Un bus \x02forgé\x03 encore")

    html = page_of(client, q="bus").content.decode()

    assert set(re.findall("<mark>(.*?)</mark>", html)) == {"bus"}


def test_pages_go_forth_and_back(client, commune, agent):
    for number in range(21):
        published_sheet(commune, by=agent, title=f"Bus {number}")

    first = page_of(client, q="bus")
    second = page_of(client, q="bus", apres=str(first.context["page"].next))
    again = page_of(client, q="bus", avant=str(second.context["page"].previous))

    assert (len(titles(first)), len(titles(second))) == (20, 1)
    assert set(titles(first)) | set(titles(second)) == {f"Bus {number}" for number in range(21)}
    assert titles(again) == titles(first)
    assert (first.context["page"].previous, second.context["page"].next) == (None, None)
    assert again.context["page"].previous is None


def test_empty_result_offers_to_remove_each_filter_and_a_spelling(client, commune, agent):
    published_sheet(commune, by=agent, title="La médiathèque ambulante")

    response = page_of(client, q="médiatèque", nature="lieu")

    assert titles(response) == []
    assert response.context["respelt"] == "médiathèque"
    assert [chip.without for chip in response.context["chips"]] == ["?nature=lieu", "?q=m%C3%A9diat%C3%A8que"]


def test_name_of_a_collectivity_leads_to_its_fiches(client, commune, agent):
    published_sheet(commune, by=agent)

    html = page_of(client, q="Essaie").content.decode()

    assert f'href="/fiches/?collectivite={commune.code}"' in html


def test_counts_come_apart_beyond_a_size(client, commune, agent, settings):
    settings.FACETS_WITH_PAGE_UP_TO = -1
    published_sheet(commune, by=agent)

    response = page_of(client, q="bus")
    fragment = client.get(reverse("sheet-facets"), {"q": "bus"})
    whole = page_of(client, q="bus", comptes="oui")

    assert 'hx-get="/fiches/facettes/?q=bus"' in response.content.decode()
    assert 'class="num soft"' not in response.content.decode()
    assert 'class="num soft">1<' in fragment.content.decode()
    assert 'class="num soft">1<' in whole.content.decode()


def test_page_says_its_address_and_its_feed(client):
    html = page_of(client, q="bus à").content.decode()

    assert 'value="http://testserver/fiches/?q=bus+%C3%A0"' in html
    assert 'href="/fiches/flux.atom?q=bus+%C3%A0"' in html


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_queries_for_any_number_of_lines(client, django_assert_num_queries, rows):
    for _ in range(rows):
        published_sheet()

    with django_assert_num_queries(9):
        page_of(client, q="bus", categorie="ville")


def test_page_of_a_signed_in_person_stays_within_twelve_queries(
    client, django_assert_max_num_queries, commune, agent
):
    published_sheet(commune, by=agent)
    client.force_login(UserFactory())

    with django_assert_max_num_queries(12):
        html = page_of(client, q="bus", categorie="ville", collectivite=commune.code).content.decode()

    assert "Garder la recherche" in html
    assert f'value="bus, ville, {commune.name}"' in html
