import pytest

from atlaas.models import Enjeu, Family, Service

pytestmark = pytest.mark.django_db


def load(services):
    family = Family.objects.create(name="Vivre ensemble", slug="vivre-ensemble", position=1)
    enjeu = Enjeu.objects.create(
        code="SOL", name="Solidarités", slug="solidarites", family=family, position=1
    )
    for number in range(services):
        Service.objects.create(
            code=f"SOL-{number:02}",
            name=f"L’aide n° {number}",
            enjeu=enjeu,
            position=number,
            first_year=2025,
            is_attested=number == 0,
        )


@pytest.mark.parametrize("services", [1, 3])
def test_page_takes_five_queries(client, services, django_assert_num_queries):
    load(services)

    with django_assert_num_queries(5):
        assert client.get("/referentiel/").status_code == 200


def test_each_proposal_says_so_where_it_is_read(client):
    load(3)

    page = client.get("/referentiel/").content.decode()

    assert page.count('<span class="demo">proposition de travail</span>') == 2
    assert page.count('<span class="state">attesté</span>') == 1
    assert "enjeu&nbsp;: proposition de travail" in page
    assert "rattachement proposé" in page


def test_nothing_loaded_says_so(client):
    assert "pas encore chargé" in client.get("/referentiel/").content.decode()
