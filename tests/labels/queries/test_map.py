from dataclasses import replace

import pytest

from atlaas.models import Region
from labels.queries.line import Line, RegionName
from labels.queries.map import WINDOWS, enlarged, france, laureate_map, locator, overseas, region_map
from tests.factories.atlaas import CommuneFactory, DepartementFactory, RegionFactory

NORMANDY = RegionName("28", "Normandie", "normandie")
PARISIAN = RegionName("11", "Île-de-France", "ile-de-france")
MAYOTTE = RegionName("06", "Mayotte", "mayotte")
SAINT_PIERRE = RegionName("975", "Saint-Pierre-et-Miquelon", "saint-pierre-et-miquelon")
ONE = Line(
    "14271",
    "exempleville",
    "Exempleville",
    "exempleville",
    -0.36,
    49.18,
    NORMANDY,
    "ville",
    3,
    True,
    "",
    False,
    (),
)
PARIS = [replace(ONE, code=f"9200{n}", region=PARISIAN, lon=2.30 + n / 100, lat=48.85) for n in range(4)]


def names(panels):
    return [panel.drawing.name for panel in panels]


def test_map_places_a_laureate_in_its_region():
    found = laureate_map([ONE])

    assert [dot.line for dot in found.main.dots] == [ONE]
    assert france().frame.shows(ONE.lon, ONE.lat)
    assert (found.main.windows, found.enlarged, found.unplaced) == ((), (), ())


def test_map_has_the_five_overseas_regions_at_their_own_scale():
    far = replace(ONE, region=MAYOTTE, lon=45.15, lat=-12.8)

    found = laureate_map([far])

    assert names(found.overseas) == ["Guadeloupe", "Martinique", "Guyane", "La Réunion", "Mayotte"]
    assert [len(panel.dots) for panel in found.overseas] == [0, 0, 0, 0, 1]
    assert [panel.drawing.bar_km for panel in found.overseas] == [20, 10, 100, 10, 5]
    assert found.main.dots == ()


def test_map_enlarges_a_place_where_dots_would_hide_one_another():
    found = laureate_map([ONE, *PARIS])

    assert names(found.enlarged) == ["Paris et sa couronne"]
    assert len(found.enlarged[0].dots) == 4
    assert [dot.line for dot in found.main.dots] == [ONE]
    assert len(found.main.windows) == 1


def test_map_few_dots_are_not_enlarged():
    found = laureate_map(PARIS[:3])

    assert (found.enlarged, len(found.main.dots)) == ((), 3)


def test_map_dots_far_apart_are_not_enlarged():
    apart = [
        replace(one, lon=lon, lat=lat)
        for one, lon, lat in zip(PARIS, (1.9, 2.3, 2.7, 3.0), (48.6, 49.1, 48.6, 49.1), strict=True)
    ]

    assert laureate_map(apart).enlarged == ()


def test_map_brief_enlarges_nothing():
    found = laureate_map(PARIS, enlarge=False)

    assert (found.enlarged, len(found.main.dots)) == ((), 4)


def test_map_names_laureates_that_no_map_can_show():
    nowhere = replace(ONE, name="Sans point", lon=None, lat=None)
    far = replace(ONE, name="Outre-mer", region=SAINT_PIERRE)

    found = laureate_map([nowhere, far])

    assert found.unplaced == (nowhere, far)
    assert sum(len(panel.dots) for panel in found.panels) == 0


def test_map_leaves_out_lines_without_a_level():
    found = laureate_map([replace(ONE, level=None)])

    assert (found.main.dots, found.unplaced) == ((), ())


def test_map_is_the_same_whatever_the_order():
    several = [*PARIS, ONE, replace(ONE, code="2", is_ten=True, level=5)]

    assert laureate_map(several) == laureate_map(several[::-1])


def test_map_draws_titles_ten_last_and_small_dots_over_large_ones():
    large, small = replace(ONE, code="1", level=5), replace(ONE, code="2", level=1)
    ten = replace(ONE, code="0", level=5, is_ten=True)

    drawn = [dot.line for dot in laureate_map([ten, small, large]).main.dots]

    assert drawn == [large, small, ten]


def test_every_drawing_of_a_palmares_has_land_and_a_true_bar():
    drawings = [france(), *map(enlarged, WINDOWS), *map(overseas, ("01", "02", "03", "04", "06"))]

    assert all(drawing.land.startswith("M") for drawing in drawings)
    assert all(drawing.bar == drawing.frame.units(drawing.bar_km) for drawing in drawings)
    assert all(drawing.height > drawing.bar_y > drawing.frame.height for drawing in drawings)


def test_region_map_has_its_own_scale():
    region = Region(code="28", name="Normandie")

    panel = region_map(region, [ONE])

    assert (panel.drawing.name, len(panel.dots)) == ("Normandie", 1)
    assert panel.drawing.frame.scale > france().frame.scale * 2


def test_region_map_without_contour_is_none():
    assert region_map(Region(code="975", name="Saint-Pierre-et-Miquelon"), [ONE]) is None


@pytest.mark.django_db
def test_locator_shows_a_commune_in_its_region():
    departement = DepartementFactory(region=RegionFactory(code="28", name="Normandie"))
    commune = CommuneFactory(departement=departement, lon=-0.36, lat=49.18)

    found = locator(commune)

    assert found.drawing.frame.place(-0.36, 49.18) == (found.x, found.y)


@pytest.mark.django_db
@pytest.mark.parametrize(("code", "lon", "lat"), [("28", None, None), ("975", -56.3, 46.8)])
def test_locator_without_point_or_contour_is_none(code, lon, lat):
    commune = CommuneFactory(
        departement=DepartementFactory(region=RegionFactory(code=code)), lon=lon, lat=lat
    )

    assert locator(commune) is None
