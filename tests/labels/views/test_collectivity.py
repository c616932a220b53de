import json
import re

import pytest

from atlaas.models import Succession
from tests.factories.atlaas import (
    CommuneFactory,
    DepartementFactory,
    GroupFactory,
    ServiceFactory,
    published_sheet,
)
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory

pytestmark = pytest.mark.django_db


def page(client, collectivity):
    answer = client.get(collectivity.get_absolute_url())
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ").split())


def linked_data(text):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', text)[1])


@pytest.mark.parametrize(
    "path",
    ["01001", "01001/", "01001-/", "01001-faux-nom/", "01001-Exempleville/", "01001-exempleville-01001%20/"],
)
def test_bare_code_and_wrong_slug_lead_to_the_page_for_good(client, path):
    CommuneFactory(code="01001")

    answer = client.get(f"/collectivites/{path}")

    assert (answer.status_code, answer["Location"]) == (301, "/collectivites/01001-exempleville-01001/")


def test_small_letters_of_a_corsican_code_lead_to_the_page(client):
    CommuneFactory(code="2A004", name="Ajaccio")

    assert client.get("/collectivites/2a004-ajaccio/")["Location"] == "/collectivites/2A004-ajaccio/"


def test_former_code_leads_to_the_final_successor_for_good(client):
    CommuneFactory(code="01001", is_current=False)
    middle = CommuneFactory(code="01002", is_current=False)
    final = CommuneFactory(code="01003")
    for code, successor in (("01001", middle), ("01002", final), ("01009", final)):
        Succession.objects.create(old_code=code, successor=successor, date="2019-01-01", source="essai")

    for path in ("01001", "01009/", "01001-exempleville-01001/"):
        answer = client.get(f"/collectivites/{path}")
        assert (answer.status_code, answer["Location"]) == (301, final.get_absolute_url())


def test_former_collectivity_without_successor_says_it_is_no_more(client):
    gone = CommuneFactory(is_current=False)

    assert "n’existe plus" in page(client, gone)


@pytest.mark.parametrize("path", ["99999/", "99999-nulle-part/", "999999999/", "abc/", "0100/", "01001%00/"])
def test_unknown_code_is_404(client, path):
    assert client.get(f"/collectivites/{path}").status_code == 404


def test_page_says_what_was_won(client):
    commune = CommuneFactory(name="Bel-Air", population=62_868)
    award = AwardFactory(collectivity=commune, level=5, is_ten=True)
    MentionFactory(award=award)

    text = page(client, commune)

    assert "62 868 habitants. Ville Internet en 2025, niveau 5 @, avec le titre" in text
    assert "pour 2025, 2026 et 2027" in text
    assert '<span class="mention">Médiation numérique</span>' in text
    assert '<span class="hidden"> : 5 @, titre TEN</span>' in text
    assert text.count("non attesté</span>") == 25


def test_doubtful_level_is_never_shown_as_certain(client):
    commune = CommuneFactory()
    AwardFactory(collectivity=commune, level=4, level_is_certain=False)

    text = page(client, commune)

    assert "4 ou 5 @, à confirmer" in text
    assert "4 ou 5 @ (à confirmer)" in text
    assert "award" not in linked_data(text)


def test_words_of_a_source_stand_in_place_of_a_level(client):
    commune = CommuneFactory()
    AwardFactory(
        collectivity=commune,
        edition=EditionFactory(year=2008, coverage="attested"),
        level=None,
        level_text="hors concours",
        source="https://exemple.test/<b>",
    )

    text = page(client, commune)

    assert "« hors concours »" in text
    assert "Aucun niveau du label ne lui est connu ici." in text
    assert "<b>" not in text.partition("<main")[2]


def test_awards_of_a_predecessor_name_who_won_them(client):
    CommuneFactory(code="01001", name="Vieux-Bourg", is_current=False)
    new = CommuneFactory(code="01002")
    Succession.objects.create(old_code="01001", successor=new, date="2019-01-01", source="essai")
    old = Succession.objects.get().old_code
    AwardFactory(collectivity__code=old, level=3)

    text = page(client, new)

    assert "A pris la suite de Vieux-Bourg, Ville Internet en 2025." in text
    assert "remporté par Vieux-Bourg" in text


def test_group_lists_its_members_and_who_is_labelled(client):
    group = GroupFactory(name="CC Bel Air")
    AwardFactory(collectivity=CommuneFactory(name="Aval", epci=group))
    CommuneFactory(name="Amont", epci=group)

    text = page(client, group)

    assert "dont 1 labellisée au moins une fois" in text
    assert "Les 2 communes membres" in text


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind": "syndicat", "nature": "SMO", "member_count": None}, "Ses membres ne sont pas connus ici"),
        (
            {"nature": "EPT", "member_count": 9},
            "le nombre de ses communes est connu, leur liste ne figure pas",
        ),
        ({}, "La liste de ses communes n’est pas connue ici."),
    ],
)
def test_group_whose_members_are_not_known_says_so(client, facts, words):
    assert words in page(client, GroupFactory(**facts))


def test_neighbours_stand_with_their_distance(client):
    here = CommuneFactory(lon=2.0, lat=48.0)
    AwardFactory(collectivity=CommuneFactory(name="Voisine", lon=2.0, lat=48.1))

    text = page(client, here)

    assert "Voisine</a> <small>ville, à 11 km</small>" in text
    assert "Dans un rayon de 20 km : 1 autre commune, dont 1 au palmarès 2025." in text


def test_hostile_name_is_escaped_everywhere(client):
    commune = CommuneFactory(name="</script><img src=x>&", slug="hostile")

    text = page(client, commune)

    assert "<img src=x>" not in text
    assert linked_data(text)["name"] == "</script><img src=x>&"


def test_page_has_a_canonical_address_and_a_picture(client, settings):
    settings.PUBLIC_URL = "https://atlaas.test"
    commune = CommuneFactory(code="01001")

    text = page(client, commune)

    assert '<link rel="canonical" href="https://atlaas.test/collectivites/01001-exempleville-01001/">' in text
    assert 'content="https://atlaas.test/partage/collectivite/01001.png"' in text
    assert linked_data(text)["url"] == "https://atlaas.test/collectivites/01001-exempleville-01001/"


@pytest.mark.parametrize("lines", [1, 3])
def test_page_takes_the_same_queries_whatever_it_shows(client, lines, django_assert_num_queries):
    group = GroupFactory()
    for number in range(lines):
        member = CommuneFactory(epci=group, lon=2.0 + number / 10)
        MentionFactory(award=AwardFactory(collectivity=member))
        AwardFactory(
            collectivity=group,
            edition=EditionFactory(year=2010 + number, coverage="attested"),
            category="territoire",
        )

    with django_assert_num_queries(12):
        page(client, group)


def test_list_finds_a_misspelt_name(client):
    CommuneFactory(name="Villeneuve-d’Ascq")
    CommuneFactory(name="Orléans")

    text = client.get("/collectivites/", {"q": "vilneuve dasq"}).content.decode()

    assert "Villeneuve-d’Ascq</a>" in text
    assert "Orléans</a>" not in text


@pytest.mark.parametrize("lines", [1, 3])
def test_list_takes_six_queries(client, lines, django_assert_num_queries):
    for _ in range(lines):
        AwardFactory()

    with django_assert_num_queries(6):
        assert client.get("/collectivites/").status_code == 200


def test_list_keeps_what_is_asked(client):
    nord = DepartementFactory(code="59", name="Nord")
    CommuneFactory(name="Lille", departement=nord)
    CommuneFactory(name="Ailleurs")

    text = client.get(
        "/collectivites/", {"departement": "59", "region": nord.region.slug, "nature": "commune"}
    ).content.decode()

    assert "1&nbsp;collectivité" in text.replace("\u00a0", "&nbsp;")
    assert '<option value="59" selected>' in text
    assert f'<option value="{nord.region.slug}" selected>' in text


@pytest.mark.parametrize(
    "asked",
    [
        {"region": "nulle-part"},
        {"departement": "' OR 1=1"},
        {"nature": "château"},
        {"categorie": "5"},
        {"q": "a\x00b"},
        {"q": "x" * 5000},
        {"page": "1e9"},
    ],
)
def test_list_leaves_aside_what_cannot_be_read(client, asked):
    CommuneFactory(name="Lille")

    answer = client.get("/collectivites/", asked)

    assert answer.status_code == 200
    assert "Lille</a>" in answer.content.decode()


def test_list_without_result_says_what_to_do(client):
    text = client.get("/collectivites/", {"q": "zzzzzz", "label": "on", "nature": "epci"}).content.decode()

    assert "Aucune collectivité ne répond à tout cela." in text
    assert "Chercher aussi parmi celles qui n’ont pas eu le label" in text
    assert "Garder le nom et lever les autres filtres" in text


@pytest.mark.parametrize(("certain", "notes"), [(False, 1), (True, 0)])
def test_doubt_of_a_neighbour_has_its_note_at_the_foot(client, certain, notes):
    here = CommuneFactory()
    AwardFactory(level=4, level_is_certain=certain, collectivity=CommuneFactory(lon=2.6, lat=47.0))

    assert page(client, here).count('id="note-niveaux"') == notes


def test_what_is_to_be_confirmed_of_a_collectivity_is_said(client):
    syndicat = GroupFactory(kind="syndicat", nature="SMO", note="SIREN à confirmer ; membres inconnus")

    assert "membres inconnus.</p>" in page(client, syndicat)


def test_latest_fiches_stand_with_the_link_to_all(client):
    town = CommuneFactory()
    service = ServiceFactory()
    for number in range(7):
        published_sheet(town, services=[service], title=f"Fiche {number}")

    text = page(client, town)

    assert "Ses fiches action" in text
    assert (">Fiche 6</a>" in text, ">Fiche 0</a>" in text) == (True, False)
    assert f'href="/fiches/?collectivite={town.code}"' in text
    assert "Voir ses 7 fiches" in text
    assert "Ses fiches action" not in page(client, CommuneFactory())
