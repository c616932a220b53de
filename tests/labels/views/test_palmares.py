import json
import re

import pytest
from django.test.html import Element, parse_html

from tests.factories.atlaas import CommuneFactory, RegionFactory
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory

pytestmark = pytest.mark.django_db
URL = "/palmares/2025/"
HTMX = {"HX-Request": "true"}


def text_of(response):
    return response.content.decode()


def rows(response):
    return re.findall(r'<li><span class="who"><a [^>]*>([^<]*)</a>', text_of(response))


def dots(response):
    return re.findall(r"<g><title>([^<]*)</title>", text_of(response))


def elements(node, test):
    for child in node.children if isinstance(node, Element) else ():
        if isinstance(child, Element):
            if test(dict(child.attributes)):
                yield child
            yield from elements(child, test)


def by_id(node, name):
    return next(elements(node, lambda attributes: attributes.get("id") == name))


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_queries_whatever_the_laureates(client, win, count, django_assert_num_queries):
    win(*(f"Exempleville {number}" for number in range(count)))

    with django_assert_num_queries(11):
        response = client.get(URL)

    assert (response.status_code, len(rows(response)), len(dots(response))) == (200, count, count)


@pytest.mark.parametrize("count", [1, 3])
def test_list_of_palmares_costs_the_same_queries(client, count, django_assert_num_queries):
    for year in range(2020, 2020 + count):
        AwardFactory(edition=EditionFactory(year=year))

    with django_assert_num_queries(3):
        response = client.get("/palmares/")

    assert response.status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_attested_page_costs_the_same_queries(client, count, django_assert_num_queries):
    edition = EditionFactory(year=2012, coverage="attested")
    for _ in range(count):
        MentionFactory(award=AwardFactory(edition=edition, source="https://exemple.test/"))

    with django_assert_num_queries(4):
        assert client.get("/palmares/2012/").status_code == 200


def test_page_has_the_same_names_on_map_and_list(client, win):
    win("Bourg", "Ancre")
    win("Doute", level=4, level_is_certain=False)
    win("Titre", level=5, is_ten=True)

    response = client.get(URL)

    assert rows(response) == ["Ancre", "Bourg", "Doute", "Titre"]
    assert sorted(dots(response)) == [
        "Ancre\u00a0: 3\u00a0@", "Bourg\u00a0: 3\u00a0@", "Doute\u00a0: 4 ou 5\u00a0@", "Titre\u00a0: 5\u00a0@, titre TEN",
    ]  # fmt: skip
    assert 'id="note-niveaux"' in text_of(response)


def test_list_is_by_region_in_alphabetical_order(client, win):
    win("Ancre")
    win("Corte", region=RegionFactory(code="94", name="Corse"))

    text = text_of(client.get(URL))

    assert re.findall(r'<h3 id="r-([a-z]+)"', text) == ["corse", "normandie"]


def test_page_without_doubt_has_no_note(client, win):
    win("Ancre")

    assert "note-niveaux" not in text_of(client.get(URL))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ancre", "Bourg", "Corte"]),
        ("?region=normandie", ["Ancre", "Bourg"]),
        ("?niveau=3", ["Ancre", "Corte"]),
        ("?categorie=village", ["Bourg"]),
        ("?distinction=mention", ["Ancre"]),
        ("?distinction=ten", []),
        ("?q=corte", ["Corte"]),
        ("?region=normandie&niveau=3", ["Ancre"]),
        ("?region=normandie&niveau=", ["Ancre", "Bourg"]),
    ],
)
def test_filters_hold_for_map_and_list_alike(client, win, query, found):
    (ancre,) = win("Ancre")
    MentionFactory(award=ancre)
    win("Bourg", level=2, category="village")
    win("Corte", region=RegionFactory(code="94", name="Corse"))

    response = client.get(URL + query)

    assert sorted(rows(response)) == found
    assert sorted(name.partition("\u00a0")[0] for name in dots(response)) == found


def test_filters_in_force_have_links_that_remove_them(client, win):
    win("Ancre")

    page = parse_html(text_of(client.get(URL + "?region=normandie&niveau=3&q=")))

    chips = elements(page, lambda attributes: attributes.get("class") == "chip")
    assert [dict(chip.attributes)["href"] for chip in chips] == [f"{URL}?niveau=3", f"{URL}?region=normandie"]


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("?region=atlantide", "Région"),
        ("?niveau=6", "Niveau"),
        ("?categorie=%3Cscript%3E", "Catégorie"),
        ("?distinction=x", "Distinction"),
        ("?q=" + "a" * 101, "Nom d’une collectivité"),
        ("?q=%00", "Nom d’une collectivité"),
        ("?region=%00", "Région"),
    ],
)
def test_unknown_value_is_named_and_can_be_taken_back(client, win, query, label):
    win("Ancre")

    response = client.get(URL + query)

    assert response.status_code == 200
    assert f"<strong>{label}&nbsp;:</strong>" in text_of(response)
    assert f'<a href="{URL}">Retirer ce filtre</a>' in text_of(response)
    assert "<script>" not in text_of(response)


@pytest.mark.parametrize(
    "query",
    ["?q=%27%22--%3B", "?q=%25%25", "?q=<b>", "?page=9&autre=1", "?region=normandie&region=normandie"],
)
def test_hostile_query_is_only_a_query(client, win, query):
    win("Ancre")

    response = client.get(URL + query)

    assert response.status_code == 200
    assert "<b>" not in text_of(response)


def test_nothing_found_says_what_to_do_next(client, win):
    win("Ancre")

    response = client.get(URL + "?q=zzzz")

    assert "Aucun lauréat ne répond à ces filtres" in text_of(response)
    assert 'href="/collectivites/?q=zzzz"' in text_of(response)


def test_fragment_put_in_the_page_is_the_page_reloaded(client, win):
    win("Ancre", "Bourg", level=4, level_is_certain=False)
    win("Corte", region=RegionFactory(code="94", name="Corse"))
    wanted = URL + "?region=corse"

    page = parse_html(text_of(client.get(URL)))
    fragment = parse_html(text_of(client.get(wanted, headers=HTMX)))
    reloaded = parse_html(text_of(client.get(wanted)))

    count = by_id(fragment, "bilan")
    fragment.children.remove(count)
    by_id(page, "bilan").children = count.children
    by_id(page, "resultats").children = fragment.children
    for one in (page, reloaded):  # the form keeps what the visitor typed: it is not swapped
        next(elements(one, lambda attributes: attributes.get("method") == "get")).children = []
    assert page == reloaded


def test_fragment_pushes_a_short_address_and_varies(client, win):
    win("Ancre")

    response = client.get(URL + "?q=&region=normandie&niveau=", headers=HTMX)

    assert response["HX-Push-Url"] == URL + "?region=normandie"
    assert "HX-Request" in response["Vary"]
    assert "<html" not in text_of(response)


def test_history_restored_by_htmx_gets_the_whole_page(client, win):
    win("Ancre")

    response = client.get(URL, headers=HTMX | {"HX-History-Restore-Request": "true"})

    assert "<html" in text_of(response)


def test_canonical_address_drops_the_filters(client, win):
    win("Ancre")

    assert '<link rel="canonical" href="http://testserver/palmares/2025/">' in text_of(
        client.get(URL + "?niveau=3")
    )


def test_page_describes_itself_as_a_dataset(client, win):
    win("Ancre")

    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text_of(client.get(URL)))

    facts = json.loads(found[1])
    assert (facts["@type"], facts["temporalCoverage"], len(facts["distribution"])) == ("Dataset", "2025", 3)


def test_page_before_its_statistics_says_so(client, normandy):
    AwardFactory()

    response = client.get(URL)

    assert text_of(response).count("Calcul en cours") == 2
    assert rows(response) != []


@pytest.mark.parametrize("url", [URL, "/palmares/2025/palmares.csv", "/partage/palmares/2025.png"])
@pytest.mark.parametrize("published_at", [None, "2199-01-01T00:00:00Z"])
def test_palmares_not_published_is_not_found(client, url, published_at):
    AwardFactory(edition=EditionFactory(published_at=published_at))

    assert client.get(url).status_code == 404


@pytest.mark.parametrize("year", ["1999999999999999999", "0"])
def test_palmares_of_an_impossible_year_is_not_found(client, year):
    assert client.get(f"/palmares/{year}/").status_code == 404


@pytest.mark.parametrize("url", ["/palmares/", URL, "/palmares/2025/palmares.csv"])
def test_pages_are_read_only(client, url):
    assert client.post(url).status_code == 405


def test_attested_year_shows_its_sources_and_no_figure(client):
    edition = EditionFactory(year=2012, coverage="attested")
    AwardFactory(
        edition=edition, collectivity=CommuneFactory(name="Ancre"), level=None, level_as_printed=None,
        level_text="hors concours", source="https://exemple.test/journal",
    )  # fmt: skip

    text = text_of(client.get("/palmares/2012/"))

    assert "Ce n’est pas le palmarès 2012" in text
    assert "hors concours" in text
    assert 'href="https://exemple.test/journal" rel="nofollow"' in text
    assert 'class="map"' not in text
    assert 'class="figures"' not in text


def test_attested_source_runs_no_script(client):
    edition = EditionFactory(year=2012, coverage="attested")
    AwardFactory(edition=edition, source="javascript:alert(1) <script>")

    text = text_of(client.get("/palmares/2012/"))

    assert "javascript:alert(1) &lt;script&gt;" in text
    assert 'href="javascript' not in text


def test_list_puts_the_complete_edition_first(client, win):
    win("Ancre")
    AwardFactory(edition=EditionFactory(year=2026, coverage="attested"), source="un journal")

    text = text_of(client.get("/palmares/"))

    assert (
        text.index("Palmarès 2025")
        < text.index("Années dont seules des lignes sont attestées")
        < text.index("/palmares/2026/")
    )


def test_list_without_any_edition_says_what_to_do(client):
    assert "Aucun palmarès n’est encore public" in text_of(client.get("/palmares/"))


def test_csv_has_the_lines_of_the_page(client, win):
    win("Ancre")
    win("Bourg", level=2)

    response = client.get("/palmares/2025/palmares.csv?niveau=2")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert [line.split(";")[2] for line in lines] == ["nom", "Bourg"]
    assert response["Content-Disposition"] == 'attachment; filename="palmares-2025.csv"'


def test_csv_refuses_an_unknown_filter(client, win):
    win("Ancre")

    response = client.get("/palmares/2025/palmares.csv?region=atlantide")

    assert (response.status_code, text_of(response)) == (400, "Valeur inconnue pour\u00a0: Région.\n")


@pytest.mark.parametrize("count", [1, 3])
def test_csv_costs_the_same_queries(client, win, count, django_assert_num_queries):
    for award in win(*(f"Exempleville {number}" for number in range(count))):
        MentionFactory(award=award)

    with django_assert_num_queries(4):
        client.get("/palmares/2025/palmares.csv")
