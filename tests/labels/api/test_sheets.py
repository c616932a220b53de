"""The fiches in the API."""

import pytest

from tests.factories.atlaas import CommuneFactory, ServiceFactory, agent_of, published_sheet

pytestmark = pytest.mark.django_db
LIST = "/api/v1/fiches/"


@pytest.fixture
def commune():
    return CommuneFactory()


@pytest.fixture
def agent(commune):
    return agent_of(commune)


def test_list_names_collectivity_and_services(client, commune, agent):
    service = ServiceFactory()
    sheet = published_sheet(commune, by=agent, services=[service])

    one = client.get(LIST).json()["results"][0]

    assert one["id"] == str(sheet.pk)
    assert one["collectivity"]["href"] == f"http://testserver/api/v1/collectivites/{commune.code}/"
    assert [(told["code"], told["is_attested"]) for told in one["services"]] == [(service.code, False)]
    assert one["href"] == f"http://testserver/api/v1/fiches/{sheet.pk}/"


def test_pages_follow_each_other(client, commune, agent):
    for number in range(3):
        published_sheet(commune, by=agent, title=f"Bus {number}")

    first = client.get(LIST, {"limite": 2, "q": "bus", "tri": "date"}).json()
    second = client.get(first["next"]).json()
    again = client.get(second["previous"]).json()

    assert [one["title"] for one in first["results"]] == ["Bus 2", "Bus 1"]
    assert [one["title"] for one in second["results"]] == ["Bus 0"]
    assert again["results"] == first["results"]
    assert (first["previous"], second["next"]) == (None, None)


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"service": "inconnu"}, "service"),
        ({"q": "le la de"}, "q"),
        ({"q": "x" * 1000}, "q"),
        ({"limite": "0"}, "limite"),
        ({"limite": "101"}, "limite"),
        ({"limite": "٣"}, "limite"),
        ({"apres": "x"}, "apres"),
        ({"avant": "\x00"}, "avant"),
        ({"tri": "nom"}, "tri"),
    ],
)
def test_value_that_cannot_be_read_is_refused(client, asked, name):
    response = client.get(LIST, asked)

    assert response.status_code == 400
    assert list(response.json()["parametres"]) == [name]


def test_unknown_parameter_is_refused(client):
    response = client.get(LIST, {"couleur": "bleu"})

    assert response.status_code == 400
    assert "couleur" in response.json()["detail"]


def test_detail_gives_every_revision_date_and_no_person(client, commune, agent):
    sheet = published_sheet(
        commune, by=agent, contact_function="Médiation", contact_email="mairie@exemple.test"
    )

    response = client.get(f"{LIST}{sheet.pk}/")

    told = response.json()["sheet"]
    assert [one["number"] for one in told["revisions"]] == [1]
    assert (told["contact_function"], told["contact_email"]) == ("Médiation", "mairie@exemple.test")
    assert told["text"] == "## Le besoin\n\nLe dernier guichet a fermé en 2022."
    assert agent.email not in response.content.decode()
    assert agent.name not in response.content.decode()


def test_detail_of_a_fiche_that_is_not_public_is_not_found(client):
    assert client.get(f"{LIST}00000000-0000-0000-0000-000000000000/").status_code == 404


def test_geojson_holds_points(client, commune, agent):
    published_sheet(commune, by=agent, title="</script><script>alert(1)</script>")

    response = client.get("/api/v1/fiches.geojson", {"limite": 500})

    feature = response.json()["features"][0]
    assert response["Content-Type"] == "application/geo+json"
    assert feature["geometry"] == {"type": "Point", "coordinates": [commune.lon, commune.lat]}
    assert feature["properties"]["title"] == "</script><script>alert(1)</script>"


def test_geojson_is_bounded(client):
    assert client.get("/api/v1/fiches.geojson", {"limite": 501}).status_code == 400


def test_referential_and_collectivity_lead_to_their_fiches(client, commune, agent):
    service = ServiceFactory()
    published_sheet(commune, by=agent, services=[service])

    listed = client.get("/api/v1/referentiel/").json()["families"][0]["enjeux"][0]["services"][0]
    town = client.get(f"/api/v1/collectivites/{commune.code}/").json()["collectivity"]

    assert listed["sheets"] == f"http://testserver/api/v1/fiches/?service={service.code}"
    assert len(client.get(listed["sheets"]).json()["results"]) == 1
    assert len(client.get(town["sheets"]).json()["results"]) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_list_costs_the_same_queries_for_any_number_of_lines(client, django_assert_num_queries, rows):
    for _ in range(rows):
        published_sheet()

    with django_assert_num_queries(6):
        client.get(LIST, {"q": "bus"})
