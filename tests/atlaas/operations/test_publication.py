import pytest

from atlaas.models import Collectivity, PublicSheet, Service
from atlaas.operations.publication import project, project_all
from atlaas.operations.sheet import archive
from tests.factories.atlaas import (
    CommuneFactory,
    ServiceFactory,
    agent_of,
    draft_sheet,
    published_sheet,
)

pytestmark = pytest.mark.django_db


def test_projection_holds_what_lists_are_sorted_by():
    town = CommuneFactory(population=812)
    sheet = published_sheet(town)
    service = sheet.services.get()

    row = PublicSheet.objects.get()

    assert (row.population, row.collectivity_kind, row.region, row.departement) == (
        812,
        "commune",
        town.region,
        town.departement,
    )
    assert (row.service_ids, row.enjeu_ids) == ([service.pk], [service.enjeu_id])
    assert (row.service_names, row.family_ids) == (service.name, [service.enjeu.family_id])
    assert (row.published_at, row.updated_at) == (sheet.revisions.get().at,) * 2


def test_all_is_made_again_after_the_geography_changed():
    sheet = published_sheet()
    gone, draft = published_sheet(), draft_sheet()
    archive(gone, by=agent_of(gone.collectivity))
    Collectivity.objects.filter(pk=sheet.collectivity_id).update(population=99)
    Service.objects.filter(pk=sheet.services.get().pk).update(name="Autre nom")
    PublicSheet.objects.all().delete()

    assert project_all() == 1
    assert list(PublicSheet.objects.values_list("pk", "population", "service_names")) == [
        (sheet.pk, 99, "Autre nom")
    ]
    assert draft.state == "draft"


def test_fiche_without_a_point_stands_at_its_collectivity():
    sheet = published_sheet(lon=None, lat=None)

    row = PublicSheet.objects.get()

    assert (row.lon, row.lat) == (sheet.collectivity.lon, sheet.collectivity.lat)


def test_projection_takes_the_same_queries_whatever_the_number(django_assert_num_queries):
    service = ServiceFactory()
    sheets = [published_sheet(services=[service]).pk for _ in range(3)]

    for some in (sheets[:1], sheets):
        with django_assert_num_queries(5):
            project(some)
