import pytest

from atlaas.models import PublicSheet
from labels.queries.sheet import category_now, related_to, sheet_locator, sheets_of
from tests.factories.atlaas import (
    CommuneFactory,
    DepartementFactory,
    GroupFactory,
    RegionFactory,
    ServiceFactory,
    published_sheet,
)
from tests.factories.labels import RulebookFactory

pytestmark = pytest.mark.django_db


def in_town(population, service, **facts):
    return published_sheet(CommuneFactory(population=population), services=[service], **facts)


def test_related_are_alike_first_then_of_the_nearest_population():
    service = ServiceFactory()
    sheet = in_town(1000, service)
    far, near = in_town(90_000, service), in_town(1200, service)
    group = published_sheet(GroupFactory(population=1000), services=[service])
    nameless = in_town(None, service)
    in_town(1000, ServiceFactory())
    published_sheet(sheet.collectivity, services=[service])

    assert [one.pk for one in related_to(sheet.public, None)] == [near.pk, far.pk, nameless.pk]
    assert group.state == "published"


@pytest.mark.parametrize(("population", "expected"), [(2999, "village"), (3000, "ville"), (None, "")])
def test_category_follows_the_newest_rulebook(population, expected):
    RulebookFactory(edition__year=2024, village_below=10)
    RulebookFactory(edition__year=2025, village_below=3000)

    assert category_now(published_sheet(CommuneFactory(population=population)).public) == expected


def test_category_without_a_rulebook_takes_the_usual_limit():
    assert category_now(published_sheet(CommuneFactory(population=2499)).public) == "village"


def brittany_town(**facts):
    region = RegionFactory(code="53", name="Bretagne")
    return CommuneFactory(departement=DepartementFactory(region=region), **{"lon": -2.0, "lat": 48.1} | facts)


@pytest.mark.parametrize(
    ("point", "is_own"), [({"lon": -3.0, "lat": 48.2}, True), ({"lon": 55.5, "lat": -21.1}, False)]
)
def test_point_outside_of_the_region_shows_the_collectivity(point, is_own):
    town = brittany_town()
    usual = sheet_locator(published_sheet(town).public)

    shown = sheet_locator(published_sheet(town, **point).public)

    assert ((shown.x, shown.y) != (usual.x, usual.y)) is is_own


def test_place_without_a_point_or_a_contour_has_no_map():
    nowhere = published_sheet(brittany_town(lon=None, lat=None)).public

    assert (sheet_locator(nowhere), sheet_locator(published_sheet().public)) == (None, None)


def test_fiches_of_a_town_are_the_newest_six_and_how_many_there_are():
    town, service = CommuneFactory(), ServiceFactory()
    made = [published_sheet(town, services=[service]).pk for _ in range(7)]
    rows = PublicSheet.objects.filter(pk__in=made).order_by("-updated_at", "pk")

    found = sheets_of(town, None)

    assert ([one.pk for one in found.latest], found.number) == ([row.pk for row in rows][:6], 7)
    assert sheets_of(CommuneFactory(), None).number == 0
