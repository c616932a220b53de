import pytest

from atlaas.models import Enjeu, Family, Service
from atlaas.queries.referential import latest_referential_year, referential

pytestmark = pytest.mark.django_db


@pytest.fixture
def enjeu():
    family = Family.objects.create(name="Vivre ensemble", slug="vivre-ensemble", position=1)
    return Enjeu.objects.create(
        code="SOL", name="Solidarités", slug="solidarites", family=family, position=1, is_attested=True
    )


def service(enjeu, code, **facts):
    return Service.objects.create(
        **{
            "code": code,
            "name": f"Service {code}",
            "enjeu": enjeu,
            "position": 1,
            "first_year": 2025,
            **facts,
        }
    )


def test_latest_year_of_nothing_is_none():
    assert latest_referential_year() is None


def test_referential_counts_what_the_edition_knows(enjeu):
    service(enjeu, "SOL-01", is_attested=True)
    service(enjeu, "SOL-02")
    service(enjeu, "SOL-03", first_year=2020, last_year=2024)

    found = referential(latest_referential_year())

    assert (found.year, found.enjeux, found.attested_enjeux, found.services, found.attested_services) == (
        2025,
        1,
        1,
        2,
        1,
    )
    assert [one.code for one in found.families[0].listed[0].listed] == ["SOL-01", "SOL-02"]
