import pytest
from django.urls import reverse

from atlaas.models import Succession
from tests.factories.atlaas import CommuneFactory, DepartementFactory, GroupFactory, RegionFactory
from tests.factories.labels import AwardFactory, MentionFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/collectivites/"


def ask(client, url=LIST, **parameters):
    answer = client.get(url, parameters)
    return answer.status_code, answer.json()


def names(client, **parameters):
    status, answer = ask(client, **parameters)
    assert status == 200, answer
    return [one["name"] for one in answer["results"]]


def commune(name, **changes):
    return CommuneFactory(name=name, **changes)


def test_list_writes_each_collectivity_with_its_place(client):
    one = CommuneFactory(code="59512", name="Roubaix", population=98_000)

    status, answer = ask(client)

    assert status == 200
    assert answer == {
        "licence": "Licence Ouverte 2.0 (Etalab)",
        "attribution": "Sources\u00a0: INSEE (COG, populations légales), DGCL, IGN ADMIN EXPRESS COG – Licence Ouverte 2.0.",
        "count": 1,
        "next": None,
        "previous": None,
        "results": [
            {
                "code": "59512",
                "kind": "commune",
                "nature": "",
                "name": "Roubaix",
                "region": {"code": one.region.code, "name": one.region.name, "slug": one.region.slug},
                "departement": {
                    "code": one.departement.code,
                    "name": one.departement.name,
                    "slug": one.departement.slug,
                },
                "population": 98_000,
                "lon": 2.5,
                "lat": 47.0,
                "href": "http://testserver/api/v1/collectivites/59512/",
                "page": "http://testserver/collectivites/59512-roubaix/",
            }
        ],
    }


def test_list_names_the_public_origin_when_there_is_one(client, settings):
    settings.PUBLIC_URL = "https://atlaas.exemple"
    CommuneFactory(code="59512", name="Roubaix")

    assert ask(client)[1]["results"][0]["page"] == "https://atlaas.exemple/collectivites/59512-roubaix/"


def test_list_is_alphabetical_and_leaves_out_what_is_no_more(client):
    commune("Bègles")
    commune("Zutkerque")
    commune("Évreux")
    commune("Ancienneville", is_current=False)

    assert names(client) == ["Bègles", "Évreux", "Zutkerque"]


def test_list_goes_from_page_to_page(client):
    for number in range(3):
        commune(f"Exemple {number}")

    status, first = ask(client, limite="2")
    _, last = ask(client, limite="2", page="2")

    assert (status, first["count"], first["previous"]) == (200, 3, None)
    assert first["next"] == "http://testserver/api/v1/collectivites/?limite=2&page=2"
    assert ([one["name"] for one in last["results"]], last["next"]) == (["Exemple 2"], None)


@pytest.mark.parametrize("text", ["Fleury-sur-Orne", "fleury sur orne", "FLEURY", "Flery-sur-Orne", "14271"])
def test_list_finds_a_name_misspelt_or_a_code(client, text):
    commune("Fleury-sur-Orne", code="14271")
    commune("Caen", code="14118")

    assert names(client, q=text) == ["Fleury-sur-Orne"]


def test_list_filters_by_place_and_nature(client):
    region = RegionFactory(name="Normandie", slug="normandie")
    departement = DepartementFactory(code="14", region=region)
    commune("Caen", departement=departement)
    commune("Ailleurs")
    GroupFactory(name="CU Caen la Mer", region=region)

    assert names(client, region="normandie") == ["Caen", "CU Caen la Mer"]
    assert names(client, departement="14") == ["Caen"]
    assert names(client, region="normandie", nature="epci") == ["CU Caen la Mer"]


def test_list_filters_by_the_category_of_the_latest_public_award(client):
    town = commune("Devenue ville")
    AwardFactory(collectivity=town, category="village", edition__year=2024)
    AwardFactory(collectivity=town, category="ville", edition__year=2025)
    AwardFactory(collectivity=town, category="territoire", edition__year=2026, edition__published_at=None)

    assert names(client, categorie="ville") == ["Devenue ville"]
    assert names(client, categorie="village") == []
    assert names(client, categorie="territoire") == []


@pytest.mark.parametrize(
    ("parameters", "where"),
    [
        ({"region": "atlantide"}, "region"),
        ({"departement": "999"}, "departement"),
        ({"departement": "\x00"}, "departement"),
        ({"nature": "royaume"}, "nature"),
        ({"categorie": "ville'--"}, "categorie"),
        ({"q": "\x00"}, "q"),
        ({"q": "x" * 10_000}, "q"),
        ({"page": "0"}, "page"),
        ({"page": "-1"}, "page"),
        ({"page": "un"}, "page"),
        ({"page": "1e3"}, "page"),
        ({"page": str(10**9)}, "page"),
        ({"page": "9" * 5000}, "page"),
        ({"limite": "101"}, "limite"),
        ({"limite": "0"}, "limite"),
    ],
)
def test_list_refuses_what_it_cannot_read(client, parameters, where):
    RegionFactory(slug="normandie")

    status, answer = ask(client, **parameters)

    assert (status, answer["detail"], list(answer["parametres"])) == (
        400,
        "Un paramètre ne peut pas être lu.",
        [where],
    )


def test_list_names_the_values_that_are_possible(client):
    RegionFactory(slug="normandie", name="Normandie")

    _, answer = ask(client, region="atlantide")

    assert answer["parametres"]["region"][-1] == "Valeurs possibles : normandie."


def test_list_refuses_a_parameter_it_does_not_know(client):
    status, answer = ask(client, regoin="normandie")

    assert (status, answer) == (
        400,
        {
            "detail": "Paramètre inconnu\u00a0: regoin. "
            "Paramètres possibles\u00a0: page, limite, q, region, departement, nature, categorie, label."
        },
    )


def test_list_beyond_its_last_page_is_not_found(client):
    status, answer = ask(client, page="1000")

    assert (status, answer["detail"]) == (404, "Cette page n’existe pas\u00a0: la liste est plus courte.")


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_whatever_the_number(client, rows, django_assert_num_queries):
    for award in AwardFactory.create_batch(rows):
        award.collectivity.sort_key = "exempleville"
        award.collectivity.save()

    with django_assert_num_queries(3):
        assert len(names(client, q="exempleville", categorie="ville")) == rows


def test_detail_tells_identity_members_and_public_awards(client):
    group = GroupFactory(code="200000172", name="CC des Essais")
    member = CommuneFactory(code="59512", name="Roubaix", epci=group, population=98_000)
    mention = MentionFactory(award__collectivity=group, award__category="territoire", award__level=4)
    AwardFactory(collectivity=group, edition__year=2026, edition__published_at=None)

    status, answer = ask(client, reverse("api-collectivity", args=[group.code]))

    told = answer["collectivity"]
    assert (status, told["name"], told["epci"], told["former_codes"]) == (200, "CC des Essais", None, [])
    assert told["members"] == [
        {
            "code": "59512",
            "name": "Roubaix",
            "population": 98_000,
            "href": f"http://testserver{LIST}{member.code}/",
        }
    ]
    assert told["awards"] == [
        {
            "year": 2025,
            "won_by": "200000172",
            "category": "territoire",
            "level": 4,
            "level_is_certain": True,
            "level_as_printed": 4,
            "level_text": "",
            "is_ten": False,
            "mentions": [mention.theme.name],
            "distinction": "",
            "name_as_printed": "",
            "note": "",
            "source": "",
            "is_demo": False,
        }
    ]


def test_detail_of_a_commune_names_its_group(client):
    member = CommuneFactory(epci=GroupFactory(code="200000172"))

    _, answer = ask(client, reverse("api-collectivity", args=[member.code]))

    assert (answer["collectivity"]["epci"]["code"], answer["collectivity"]["members"]) == ("200000172", [])


def test_detail_marks_what_is_a_demonstration(client):
    award = AwardFactory(edition__is_demo=True)

    _, answer = ask(client, reverse("api-collectivity", args=[award.collectivity.code]))

    assert answer["collectivity"]["awards"][0]["is_demo"] is True


def test_detail_of_a_former_code_redirects_for_good_and_its_awards_show_there(client):
    former = CommuneFactory(code="01001", is_current=False)
    successor = CommuneFactory(code="01002")
    Succession.objects.create(old_code="01001", successor=successor, date="2026-01-01", source="Arrêté")
    AwardFactory(collectivity=former)

    answer = client.get(f"{LIST}01001/", follow=True)

    assert answer.redirect_chain == [(f"{LIST}01002/", 301)]
    told = answer.json()["collectivity"]
    assert (told["code"], told["former_codes"], [one["won_by"] for one in told["awards"]]) == (
        "01002",
        ["01001"],
        ["01001"],
    )


@pytest.mark.parametrize("code", ["99999", "999999999", "2A004", "2a004"])
def test_detail_of_an_unknown_code_is_not_found(client, code):
    status, answer = ask(client, f"{LIST}{code}/")

    assert (status, list(answer)) == (404, ["detail"])


@pytest.mark.parametrize("code", ["1", "0" * 5000, "abcde", "%00", "59512%00"])
def test_detail_of_what_is_no_code_is_not_found(client, code):
    assert client.get(f"{LIST}{code}/").status_code == 404


def test_detail_of_corse_knows_small_letters(client):
    CommuneFactory(code="2A004", name="Ajaccio")

    assert ask(client, f"{LIST}2a004/")[1]["collectivity"]["code"] == "2A004"


@pytest.mark.parametrize("rows", [1, 3])
def test_detail_takes_the_same_queries_whatever_the_number(client, rows, django_assert_num_queries):
    group = GroupFactory()
    for year in range(rows):
        MentionFactory(award__collectivity=group, award__edition__year=2023 + year)
        AwardFactory(collectivity=CommuneFactory(epci=group))

    with django_assert_num_queries(7):
        ask(client, reverse("api-collectivity", args=[group.code]))


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_api_is_read_only(client, method):
    assert getattr(client, method)(LIST).status_code == 405
