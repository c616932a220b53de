import pytest

from tests.factories.atlaas import CommuneFactory, DepartementFactory, RegionFactory
from tests.factories.labels import AwardFactory, EditionFactory, MentionFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/palmares/"
URL = "/api/v1/palmares/2025/"
MAP = "/api/v1/palmares/2025/carte.geojson"


def ask(client, url=URL, **parameters):
    answer = client.get(url, parameters)
    return answer.status_code, answer.json()


def codes(client, **parameters):
    """The codes that the list answers; the map must answer the same."""
    status, answer = ask(client, **parameters)
    mapped = ask(client, MAP, **parameters)[1]
    assert status == 200, answer
    found = [one["collectivity"]["code"] for one in answer["laureates"]]
    assert [one["id"] for one in mapped["features"]] == found
    assert answer["count"] == len(found)
    return found


def commune(code, region="Normandie", **changes):
    place = RegionFactory(code=region[:3], name=region)
    return CommuneFactory(code=code, departement=DepartementFactory(code=code[:2], region=place), **changes)


def test_editions_are_the_public_ones(client):
    EditionFactory(year=2025)
    EditionFactory(year=2024, coverage="attested", is_demo=True)
    EditionFactory(year=2026, published_at=None)

    status, answer = ask(client, LIST)

    assert (status, answer["licence"]) == (200, "Licence Ouverte 2.0 (Etalab)")
    assert answer["editions"][0] == {
        "year": 2025,
        "number": 26,
        "coverage": "complete",
        "ceremony_on": None,
        "published_at": "2025-02-06T01:00:00+01:00",
        "is_demo": False,
        "href": "http://testserver/api/v1/palmares/2025/",
        "page": "http://testserver/palmares/2025/",
    }
    assert [(one["year"], one["coverage"], one["is_demo"]) for one in answer["editions"]] == [
        (2025, "complete", False),
        (2024, "attested", True),
    ]


def test_palmares_tells_levels_as_printed_and_as_kept(client):
    AwardFactory(level=4, level_is_certain=False, name_as_printed="Mauris")

    _, answer = ask(client)

    told = answer["laureates"][0]
    assert (told["level"], told["level_is_certain"], told["level_as_printed"], told["name_as_printed"]) == (
        4,
        False,
        4,
        "Mauris",
    )
    assert (answer["edition"]["year"], answer["count"]) == (2025, 1)


def test_palmares_marks_every_line_of_a_demonstration(client):
    AwardFactory(edition__is_demo=True)

    _, answer = ask(client)

    assert (answer["edition"]["is_demo"], answer["laureates"][0]["is_demo"]) == (True, True)


def test_palmares_is_in_the_order_of_regions_then_names(client):
    AwardFactory(collectivity=commune("14118", "Normandie", name="Caen"))
    AwardFactory(collectivity=commune("35238", "Bretagne", name="Rennes"))
    AwardFactory(collectivity=commune("35288", "Bretagne", name="Évran"))

    assert codes(client) == ["35288", "35238", "14118"]


def test_palmares_filters_as_the_page_does(client):
    AwardFactory(collectivity=commune("14118", "Normandie", name="Caen"), level=5, is_ten=True)
    MentionFactory(award__collectivity=commune("35238", "Bretagne", name="Rennes"), award__level=4)
    AwardFactory(
        collectivity=commune("35288", "Bretagne", name="Évran"),
        level=4,
        level_is_certain=False,
        category="village",
    )

    assert codes(client, region="bretagne") == ["35288", "35238"]
    assert codes(client, categorie="village") == ["35288"]
    assert codes(client, niveau="4") == ["35238"]
    assert codes(client, niveau="4-5") == ["35288"]
    assert codes(client, distinction="ten") == ["14118"]
    assert codes(client, distinction="mention") == ["35238"]
    assert codes(client, q="rene") == ["35238"]
    assert codes(client, region="bretagne", distinction="ten") == []


@pytest.mark.parametrize("url", [URL, MAP])
@pytest.mark.parametrize(
    ("parameters", "where"),
    [
        ({"region": "atlantide"}, "region"),
        ({"niveau": "6"}, "niveau"),
        ({"niveau": "9" * 5000}, "niveau"),
        ({"categorie": "\x00"}, "categorie"),
        ({"distinction": "or"}, "distinction"),
        ({"q": "x" * 10_000}, "q"),
        ({"q": "a\x00b"}, "q"),
    ],
)
def test_palmares_refuses_what_it_cannot_read(client, url, parameters, where):
    EditionFactory()

    status, answer = ask(client, url, **parameters)

    assert (status, list(answer["parametres"])) == (400, [where])


def test_palmares_refuses_a_parameter_it_does_not_know(client):
    EditionFactory()

    status, answer = ask(client, level="5")

    assert status == 400
    assert answer["detail"] == (
        "Paramètre inconnu\u00a0: level. Paramètres possibles\u00a0: q, region, categorie, niveau, distinction, evolution."
    )


@pytest.mark.parametrize("year", ["2026", "1", str(10**9), "9" * 4000, "9" * 5000])
@pytest.mark.parametrize("suffix", ["", "carte.geojson"])
def test_palmares_unseen_is_not_found(client, year, suffix):
    AwardFactory(edition=EditionFactory(year=2026, published_at=None))

    assert client.get(f"{LIST}{year}/{suffix}").status_code == 404


def test_map_has_a_point_for_each_laureate_and_names_those_without(client):
    AwardFactory(collectivity=commune("14118", name="Caen", lon=-0.36, lat=49.18), is_ten=True, level=5)
    AwardFactory(collectivity=commune("98736", name="Tahaa", lon=None, lat=None))

    answer = client.get(MAP)

    told = answer.json()
    assert answer["Content-Type"] == "application/geo+json"
    assert (told["type"], told["year"], told["without_point"]) == ("FeatureCollection", 2025, ["98736"])
    first, second = told["features"]
    assert (first["type"], first["id"]) == ("Feature", "14118")
    assert first["geometry"] == {"type": "Point", "coordinates": [-0.36, 49.18]}
    assert (first["properties"]["name"], first["properties"]["is_ten"]) == ("Caen", True)
    assert (second["id"], second["geometry"]) == ("98736", None)


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("url", [URL, MAP])
def test_palmares_takes_the_same_queries_whatever_the_number(client, rows, url, django_assert_num_queries):
    for award in AwardFactory.create_batch(rows):
        MentionFactory(award=award)

    with django_assert_num_queries(4):
        ask(client, url)
