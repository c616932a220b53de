import datetime as dt

import pytest

from atlaas.models import Collectivity, Succession
from tests.factories.atlaas import CommuneFactory, DepartementFactory, GroupFactory, RegionFactory
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", ["1234", "123456", "ABCDE", "2C004", "200066462"])
def test_commune_has_an_insee_code(code):
    with refused_by("collectivity_code_fits_kind"):
        CommuneFactory(code=code)


@pytest.mark.parametrize("code", ["2A004", "2B033", "97611", "01001"])
def test_commune_code_may_be_corsican_or_overseas(code):
    assert CommuneFactory(code=code).code == code


def test_group_has_a_siren():
    with refused_by("collectivity_code_fits_kind"):
        GroupFactory(code="14271")


def test_commune_has_no_nature():
    with refused_by("collectivity_nature_for_groups"):
        CommuneFactory(nature="CC")


def test_group_has_a_nature():
    with refused_by("collectivity_nature_for_groups"):
        GroupFactory(nature="")


def test_group_is_member_of_no_group():
    other = GroupFactory()

    with refused_by("collectivity_only_communes_join"):
        GroupFactory(epci=other)


@pytest.mark.parametrize("point", [{"lon": 181, "lat": 0}, {"lon": 0, "lat": -91}])
def test_point_is_on_earth(point):
    with refused_by("collectivity_point_on_earth"):
        CommuneFactory(**point)


def test_code_is_unique():
    one = CommuneFactory(code="14271")

    with refused_by("atlaas_collectivity_code_key"):
        Collectivity.objects.create(
            code=one.code, kind="commune", name="Autre", slug="autre", region=one.region
        )


def test_succession_names_its_source():
    successor = CommuneFactory()

    with refused_by("succession_has_source"):
        Succession.objects.create(old_code="99999", successor=successor, date=dt.date(2025, 1, 1), source="")


def test_place_says_departement_and_region():
    region = RegionFactory(code="999", name="Hauts-de-l’Exemple")
    departement = DepartementFactory(code="998", name="Essai", region=region)

    assert CommuneFactory(departement=departement).place == "Essai (998) · Hauts-de-l’Exemple"


def test_current_leaves_out_what_vanished():
    here = CommuneFactory()
    CommuneFactory(is_current=False)

    assert list(Collectivity.objects.current()) == [here]


def test_located_leaves_out_what_has_no_point():
    here = CommuneFactory()
    CommuneFactory(lon=None, lat=None)

    assert list(Collectivity.objects.located()) == [here]
