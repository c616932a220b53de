import datetime as dt
from itertools import product

import pytest

from atlaas.choices import SheetState
from atlaas.rules.refusal import Refused
from atlaas.rules.sheet import STEPS, covers, day, digest, next_state, problems, tidy

TODAY = dt.date(2025, 6, 1)
FULL = {
    "title": "Un bus",
    "summary": "Un bus passe.",
    "text": "Il passe.",
    "kind": "initiative",
    "operator": "regie",
    "operator_name": "",
    "started_on": None,
    "ended_on": None,
    "is_running": True,
    "audience": "",
    "partners": "",
    "address": "",
    "lon": 2.5,
    "lat": 47.0,
    "precision": "centre",
    "links": [],
    "contact_function": "",
    "contact_email": "",
    "services": ["SER-1"],
    "attachments": [],
    "inspired_by": None,
}
LEADS = {
    ("draft", "publish"): "published",
    ("published", "publish"): "published",
    ("published", "archive"): "archived",
    ("published", "withdraw"): "withdrawn",
    ("archived", "publish"): "published",
    ("withdrawn", "lift"): "published",
}


@pytest.mark.parametrize(
    ("state", "step"), list(product(SheetState.values, ("publish", "archive", "withdraw", "lift", "dance")))
)
def test_every_step_from_every_state(state, step):
    if (state, step) in LEADS:
        assert next_state(state, step) == LEADS[state, step]
    else:
        with pytest.raises(Refused, match=f"« {SheetState(state).label} »"):
            next_state(state, step)


def test_every_state_has_its_steps():
    assert set(STEPS) == set(SheetState)


@pytest.mark.parametrize(
    ("role", "needed", "expected"),
    [
        ("contributeur", "contributeur", True),
        ("contributeur", "valideur", False),
        ("valideur", "contributeur", True),
        ("valideur", "responsable", False),
        ("responsable", "valideur", True),
    ],
)
def test_role_covers_those_before_it(role, needed, expected):
    assert covers(role, needed) is expected


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"title": "", "summary": "", "text": "", "services": []}, ["title", "summary", "text", "services"]),
        ({"started_on": "2025-02-01", "ended_on": "2025-01-01", "is_running": False}, ["ended_on"]),
        ({"ended_on": "2025-05-31"}, ["ended_on"]),
        ({"ended_on": "2025-06-01"}, []),
        ({"is_running": False}, ["ended_on"]),
        ({"is_running": False, "ended_on": dt.date(2025, 5, 31)}, []),
        ({"operator": "association"}, ["operator_name"]),
        ({"operator": "delegataire", "operator_name": "Entraide"}, []),
    ],
)
def test_problems_come_in_the_order_of_the_form(changes, fields):
    assert [one.field for one in problems(FULL | changes, today=TODAY)] == fields


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, None), ("", None), ("2025-06-01", TODAY), (TODAY, TODAY)],
)
def test_day_is_read(value, expected):
    assert day(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a\r\nb\rc\n\td", "a\nb\nc\n\td"),
        ("\x00\x1b[0m\x7f\x9f", "[0m"),
        ("\ud83d seul", " seul"),
        ("🚌 bus", "🚌 bus"),
        (3.5, 3.5),
        (["\x00"], ["\x00"]),
    ],
)
def test_tidy_text_can_be_kept(value, expected):
    assert tidy(value) == expected


@pytest.mark.parametrize(
    ("changes", "is_same"),
    [
        ({"is_running": False, "ended_on": "2025-06-01"}, True),
        ({"title": "Un car"}, False),
        ({"lat": 47.1}, False),
    ],
)
def test_digest_leaves_the_end_out(changes, is_same):
    assert (digest(FULL | changes) == digest(FULL)) is is_same
