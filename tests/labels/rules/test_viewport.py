import pytest

from atlaas.rules.cartography import Box
from atlaas.rules.refusal import Refused
from labels.rules.viewport import MOST_CELLS, TILE, mercator, viewport


def test_window_is_read():
    found = viewport("-5.5,41,9.5,51.5", "6")

    assert (found.box, found.zoom) == (Box(-5.5, 41, 9.5, 51.5), 6)


@pytest.mark.parametrize(
    ("bbox", "zoom"),
    [
        ("", ""),
        ("1,2,3", "6"),
        ("1,2,3,4,5", "6"),
        ("a,b,c,d", "6"),
        ("nan,41,9,51", "6"),
        ("-5,41,inf,51", "6"),
        ("-inf,41,9,51", "6"),
        ("-5,41,9,51", "6.5"),
        ("-5,41,9,51", "nan"),
        ("-5,41,9,51", "9" * 5000),
        ("9,41,-5,51", "6"),
        ("-5,51,9,41", "6"),
        ("-5,41,-5,51", "6"),
        ("170,-20,-170,0", "6"),
        ("200,41,300,51", "6"),
        ("1e400,1,2,3", "6"),
    ],
)
def test_what_makes_no_sense_is_refused(bbox, zoom):
    with pytest.raises(Refused):
        viewport(bbox, zoom)


@pytest.mark.parametrize(("zoom", "held"), [("-1", 2), ("99", 17), ("0", 2), ("17", 17)])
def test_zoom_is_brought_back(zoom, held):
    assert viewport("-5,41,9,51", zoom).zoom == held


def test_a_huge_window_is_the_world():
    assert viewport("-1e9,-1e9,1e9,1e9", "3").box == Box(-180, -85, 180, 85)


@pytest.mark.parametrize("zoom", range(18))
@pytest.mark.parametrize(
    "bbox", ["-180,-85,180,85", "-5.5,41,9.5,51.5", "2.2,48.8,2.5,48.9", "55,-21,55.001,-20"]
)
def test_a_window_never_holds_more_cells_than_allowed(bbox, zoom):
    found = viewport(bbox, str(zoom))

    wide = (found.box.east - found.box.west) / 360
    high = mercator(found.box.south) - mercator(found.box.north)
    assert (wide // found.cell + 2) * (high // found.cell + 2) <= MOST_CELLS
    assert found.cell * TILE * 2**found.zoom >= 72


def test_mercator_goes_from_north_to_south():
    assert (round(mercator(85.0511), 4), mercator(0), round(mercator(-85.0511), 4)) == (0, 0.5, 1)
