from random import Random

import pytest

from atlaas.rules.distance import km_between
from labels.rules.demo_place import Spot, point, with_radius


def test_radius_is_less_than_half_of_the_way_to_the_nearest_centre():
    centres = [(2.0, 47.0), (2.01, 47.0), (5.0, 44.0)]

    near, _, alone = with_radius([("A", 2.0, 47.0), ("B", 2.01, 47.0), ("C", 5.0, 44.0)], centres)

    assert near.radius == pytest.approx(0.4 * km_between(2.0, 47.0, 2.01, 47.0))
    assert alone.radius == 1.0


def test_radius_sees_a_neighbour_across_the_edge_of_a_cell():
    (found,) = with_radius([("A", 1.9999, 47.0)], [(1.9999, 47.0), (2.0001, 47.0)])

    assert found.radius < 0.01


@pytest.mark.parametrize(("lon", "lat"), [(2.35, 48.85), (55.45, -20.88), (-61.0, 14.6), (-52.3, 4.9)])
def test_points_stay_within_the_radius_overseas_too(lon, lat):
    spot, random = Spot("A", lon, lat, 0.8), Random(1)

    points = [point(spot, random) for _ in range(300)]

    assert max(km_between(lon, lat, *one) for one in points) <= 0.801
    assert len(set(points)) == 300
