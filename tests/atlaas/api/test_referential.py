import pytest

from atlaas.models import Enjeu, Family, Service

pytestmark = pytest.mark.django_db
URL = "/api/v1/referentiel/"


@pytest.fixture
def loaded():
    family = Family.objects.create(name="Démocratie", slug="democratie", position=1)
    enjeu = Enjeu.objects.create(
        code="SPU", name="Services publics", slug="services-publics", family=family, position=1
    )
    for number in range(2):
        Service.objects.create(
            code=f"SPU-0{number}",
            name=f"Service {number}",
            enjeu=enjeu,
            position=number,
            is_attested=bool(number),
            first_year=2025 + number,
        )
    return enjeu


def ask(client, **parameters):
    answer = client.get(URL, parameters)
    return answer.status_code, answer.json()


def sheets_of(code):
    return f"http://testserver/api/v1/fiches/?service={code}"


def test_referential_is_the_newest_with_what_is_attested(client, loaded):
    status, answer = ask(client)

    assert (status, answer["year"], answer["enjeux"], answer["attested_enjeux"]) == (200, 2026, 1, 0)
    assert (answer["services"], answer["attested_services"]) == (2, 1)
    assert answer["families"][0]["enjeux"][0] == {
        "code": "SPU",
        "name": "Services publics",
        "slug": "services-publics",
        "is_attested": False,
        "family_is_attested": False,
        "services": [
            {"code": "SPU-00", "name": "Service 0", "is_attested": False, "sheets": sheets_of("SPU-00")},
            {"code": "SPU-01", "name": "Service 1", "is_attested": True, "sheets": sheets_of("SPU-01")},
        ],
    }


def test_referential_of_a_year_is_what_that_edition_knew(client, loaded):
    status, answer = ask(client, annee="2025")

    assert (status, answer["year"], answer["services"]) == (200, 2025, 1)


@pytest.mark.parametrize("year", ["2001", "2199"])
def test_referential_of_an_unknown_year_is_not_found(client, loaded, year):
    Service.objects.update(last_year=2030)

    assert ask(client, annee=year) == (404, {"detail": "Le référentiel de cette édition n’est pas connu."})


def test_referential_of_nothing_is_not_found(client):
    assert ask(client)[0] == 404


@pytest.mark.parametrize("year", ["0", "-1", "deux mille", "9" * 5000, "\x00"])
def test_referential_refuses_what_is_no_year(client, year):
    status, answer = ask(client, annee=year)

    assert (status, list(answer["parametres"])) == (400, ["annee"])


def test_referential_takes_four_queries(client, loaded, django_assert_num_queries):
    with django_assert_num_queries(4):
        ask(client)
