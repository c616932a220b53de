import math

import pytest

from atlaas.rules.cartography import Box, Contours, Frame, Territory, crowded, cut, flat_at, lambert93, steps

SQUARE = ((0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0), (0.0, 0.0))


def plane(lon, lat):
    return lon * 1000, lat * 1000


def topology():
    """Two régions of one square each, side by side; the west one has two départements, the east one is a pair of isles."""
    return {
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        "arcs": [
            [[10, 0], [0, 10]],  # 0: the border between the régions
            [[10, 10], [-10, 0], [0, -5]],  # 1: north of the west
            [[0, 5], [0, -5], [10, 0]],  # 2: south of the west
            [[0, 5], [10, 0]],  # 3: between the two départements
            [[10, 10], [10, 0], [0, -10], [-10, 0]],  # 4: around the east
            [[30, 0], [1, 0], [0, 1], [-1, -1]],  # 5: an isle of the east
        ],
        "objects": {
            "reg": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[0, 1, 2]], "properties": {"code": "W"}},
                    {"type": "MultiPolygon", "arcs": [[[-1, 4]], [[5]]], "properties": {"code": "E"}},
                ]
            },
            "dep": {
                "geometries": [
                    {"type": "Polygon", "arcs": [[1, 3, 0]], "properties": {"code": "1", "region": "W"}},
                    {"type": "Polygon", "arcs": [[2, -4]], "properties": {"code": "2", "region": "W"}},
                    {
                        "type": "MultiPolygon",
                        "arcs": [[[-1, 4]], [[5]]],
                        "properties": {"code": "3", "region": "E"},
                    },
                ]
            },
        },
    }


@pytest.mark.parametrize(
    ("lon", "lat", "east", "north"),
    [
        (3.0, 46.5, 700_000, 6_600_000),  # the origin of the projection
        (2.2945, 48.8584, 648_237, 6_862_272),  # the Eiffel tower
    ],
)
def test_lambert93_known_points(lon, lat, east, north):
    assert lambert93(lon, lat) == pytest.approx((east, north), abs=1)


def test_lambert93_is_symmetrical_around_its_meridian():
    west, east = lambert93(-1, 48), lambert93(7, 48)

    assert (west[0] + east[0]) / 2 == pytest.approx(700_000)
    assert west[1] == pytest.approx(east[1])


@pytest.mark.parametrize("parallel", [44, 49])
def test_lambert93_is_true_on_its_two_parallels(parallel):
    """A degree of longitude there has the length it has on the ellipsoid GRS 80."""
    excentricity, axis = 0.0818191910428158, 6_378_137
    phi = math.radians(parallel)
    ground = axis * math.cos(phi) / math.sqrt(1 - (excentricity * math.sin(phi)) ** 2) * math.radians(0.01)

    drawn = math.dist(lambert93(3, parallel), lambert93(3.01, parallel))

    assert drawn == pytest.approx(ground, rel=1e-5)


def test_flat_at_keeps_distances_around_its_latitude():
    project = flat_at(-21)

    west, east = project(55.0, -21), project(56.0, -21)

    assert east[0] - west[0] == pytest.approx(111_195 * math.cos(math.radians(21)))
    assert project(55, -20)[1] - west[1] == pytest.approx(111_195)


def test_box_holds_its_edges_only():
    box = Box(0, 0, 10, 5)

    assert [box.holds(0, 0), box.holds(10, 5), box.holds(10.01, 5), box.holds(5, -0.01)] == [
        True,
        True,
        False,
        False,
    ]


def test_box_outline_is_closed_and_touches_each_corner():
    outline = Box(0, 0, 8, 8).outline()

    assert outline[0] == outline[-1] == (0, 8)
    assert {(0, 8), (8, 8), (8, 0), (0, 0)} <= set(outline)


def test_contours_join_arcs_into_rings():
    west = Contours(topology()).territory(("W",))

    assert west.rings == (((10, 0), (10, 10), (0, 10), (0, 5), (0, 0), (10, 0)),)
    assert west.borders == (((0, 5), (10, 5)),)
    assert west.middle == (5, 5)


def test_contours_several_polygons_and_regions():
    both = Contours(topology()).territory(("W", "E"))

    assert len(both.rings) == 3
    assert set(both.borders) == {((0, 5), (10, 5)), ((10, 0), (10, 10))}


def test_contours_unknown_region_draws_nothing():
    contours = Contours(topology())

    assert contours.territory(("X",)) == Territory((), ())
    assert contours.neighbours("X") == ()


def test_contours_neighbours_share_a_border():
    contours = Contours(topology())

    assert contours.region_codes == ("W", "E")
    assert contours.neighbours("W") == ("E",)


def test_territory_within_cuts_rings_and_keeps_lines_that_touch():
    whole = Territory(
        (SQUARE, ((50.0, 50.0), (51.0, 50.0), (51.0, 51.0))),
        (((4.0, 4.0), (20.0, 4.0)), ((40.0, 40.0), (41.0, 41.0))),
    )

    shown = whole.within(Box(2, 2, 6, 6))

    assert [set(ring) for ring in shown.rings] == [{(2, 2), (2, 6), (6, 6), (6, 2)}]
    assert shown.borders == (((4, 4), (20, 4)),)


def test_cut_keeps_a_ring_inside_and_drops_one_outside():
    assert set(cut(SQUARE, Box(-1, -1, 11, 11))) == set(SQUARE)
    assert cut(SQUARE, Box(20, 20, 30, 30)) == ()


def test_frame_fits_width_and_turns_north_up():
    frame = Frame.around(plane, SQUARE, width=100, tallest=500)

    assert (frame.width, frame.height) == (100, 100)
    assert [frame.place(0, 10), frame.place(10, 0), frame.place(5, 5)] == [(0, 0), (100, 100), (50, 50)]
    assert [frame.shows(10, 0), frame.shows(10.2, 0)] == [True, False]


def test_frame_too_tall_is_centred():
    frame = Frame.around(plane, ((0, 0), (10, 40)), width=100, tallest=80)

    assert frame.height == 80
    assert [frame.place(0, 40), frame.place(10, 0)] == [(40, 0), (60, 80)]


def test_frame_pad_leaves_room_for_dots():
    frame = Frame.around(plane, SQUARE, width=120, tallest=500, pad=10)

    assert (frame.height, frame.place(0, 10), frame.place(10, 0)) == (120, (10, 10), (110, 110))


@pytest.mark.parametrize(("side", "km"), [(10, 2), (25, 5), (40, 10), (400, 100), (0.5, 1)])
def test_frame_bar_is_a_round_number_of_kilometres(side, km):
    frame = Frame.around(plane, ((0, 0), (side, side)), width=100, tallest=100)

    assert frame.bar_km() == km


def test_frame_bar_length_is_true():
    frame = Frame.around(plane, SQUARE, width=100, tallest=100)

    assert frame.units(2) == 20


def test_frame_draws_land_and_borders():
    frame = Frame.around(plane, SQUARE, width=10, tallest=10)

    assert frame.land(Territory((SQUARE,), ())) == "M0 10l0-10 10 0 0 10-10 0z"
    assert frame.borders(Territory((), (((0, 0), (5, 0)), ((5, 5), (5, 6))))) == "M0 10l5 0M5 5l0-1"


def test_steps_leaves_out_what_shrinks_to_nothing():
    assert steps([(3, 3), (3, 3), (3, 3)], close=False) == ""
    assert steps([(3, 3), (4, 3), (3, 3)], close=True) == ""
    assert steps([(1, 2), (1, 2), (4, 6), (-1, 0)], close=False) == "M1 2l3 4-5-6"
    assert steps([], close=False) == ""


def test_crowded_when_two_dots_touch():
    frame = Frame.around(plane, SQUARE, width=100, tallest=100)

    assert crowded([(1, 1), (9, 9), (2, 1)], frame, 18)
    assert not crowded([(1, 1), (9, 9), (1, 9), (1.5, 5)], frame, 18)
    assert not crowded([], frame, 18)
