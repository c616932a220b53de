import pytest

from atlaas.models import Enjeu, Family, Service
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def enjeu():
    family = Family.objects.create(name="Famille d’essai", slug="famille-d-essai", position=1)
    return Enjeu.objects.create(code="ESS", name="Essais", slug="essais", family=family, position=1)


def test_service_does_not_end_before_it_starts(enjeu):
    with refused_by("service_ends_after_start"):
        Service.objects.create(
            code="ESS-01", name="Un essai", enjeu=enjeu, position=1, first_year=2025, last_year=2024
        )


@pytest.mark.parametrize(("year", "known"), [(2024, False), (2025, True), (2026, True), (2027, False)])
def test_services_of_a_year_are_those_it_knows(enjeu, year, known):
    Service.objects.create(
        code="ESS-01", name="Un essai", enjeu=enjeu, position=1, first_year=2025, last_year=2026
    )

    assert Service.objects.of_year(year).exists() is known


def test_services_of_a_year_include_what_goes_on(enjeu):
    Service.objects.create(code="ESS-01", name="Un essai", enjeu=enjeu, position=1, first_year=2025)

    assert [str(service) for service in Service.objects.of_year(2199)] == ["Un essai"]
