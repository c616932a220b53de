import pytest

from atlaas.rules.distance import km_between


@pytest.mark.parametrize(
    ("place", "other", "km"),
    [
        ((2.0, 48.0), (2.0, 48.0), 0),
        ((2.0, 48.0), (2.0, 49.0), 111),
        ((2.0, 48.0), (3.0, 48.0), 74),
        ((179.5, 0.0), (-179.5, 0.0), 111),
        ((0.0, 90.0), (0.0, -90.0), 20015),
    ],
)
def test_distance_follows_the_globe(place, other, km):
    assert round(km_between(*place, *other)) == km
