import datetime as dt

import pytest
from django.http import QueryDict

from atlaas.forms.sheet import FIELDS, SheetForm, degrees
from atlaas.forms.sheet_merge import merged

RIGHT = {"kind": "initiative", "operator": "regie"}


def form(**data):
    words = QueryDict(mutable=True)
    for name, value in (RIGHT | data).items():
        words.setlist(name, value if isinstance(value, list) else [value])
    return SheetForm(words, centre=(2.5, 47.0))


def test_an_empty_form_is_right():
    assert form().unkept == {}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", "x" * 121),
        ("summary", "x" * 301),
        ("text", "x" * 20_001),
        ("kind", "autre"),
        ("operator", ""),
        ("started_on", "31/02/2024"),
        ("ended_on", "0202-03-01"),
        ("lat", "91"),
        ("lon", "nan"),
        ("lon", "1e400"),
        ("links", "javascript:alert(1)"),
        ("links", "\n".join(f"https://exemple.fr/{n}" for n in range(11))),
        ("links", "https://exemple.fr/" + "x" * 500),
        ("contact_email", "mairie@"),
        ("services", ["SPU-01", "<script>"]),
        ("services", [f"S-{n}" for n in range(201)]),
    ],
)
def test_a_wrong_field_is_not_kept_and_the_others_are(field, value):
    one = form(audience="Tous", **{field: value})

    assert field in one.unkept
    assert field not in one.content()
    assert one.kept["audience"] == "Tous"


@pytest.mark.parametrize("written", ["2025-12-31", "31/12/2025"])
def test_dates_are_read_both_ways(written):
    assert form(started_on=written).kept["started_on"] == dt.date(2025, 12, 31)


def test_links_are_completed_and_said_once():
    assert form(links="exemple.fr/a\r\n\r\nhttps://exemple.fr/a").kept["links"] == ["https://exemple.fr/a"]


def test_a_point_moved_from_the_centre_is_a_pin():
    kept = form(lat="47,1", lon="2.5").kept

    assert (kept["lat"], kept["lon"], kept["precision"]) == (47.1, 2.5, "point")


def test_half_a_point_is_kept_out_whole():
    assert {"lat", "lon", "precision"} & form(lat="47,1").kept.keys() == set()


@pytest.mark.parametrize("value", [2.123456789, -61.5, 47.0, 1e-05])
def test_a_coordinate_comes_back_as_it_was(value):
    assert form(lat=degrees(value), lon=degrees(value)).kept["lat"] == value


def test_merging_takes_the_side_that_was_chosen():
    sent = {f"mien-{name}": "" for name in FIELDS} | {
        "choix-title": "theirs",
        "leur-title": "Leur titre",
        "mien-title": "Mon titre",
        "choix-text": "edited",
        "texte-text": "Les deux",
        "mien-services": "SPU-01 SPU-02",
        "mien-is_running": "on",
    }

    words = QueryDict(mutable=True)
    words.update(sent)

    data = merged(words)

    assert (data["title"], data["text"], data.getlist("services")) == (
        "Leur titre",
        "Les deux",
        ["SPU-01", "SPU-02"],
    )
    assert (data["is_running"], data["summary"]) == ("on", "")
