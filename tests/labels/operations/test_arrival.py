"""Rows of arrivals: bounded, on the database's clock, forgotten after a year."""

import datetime as dt

import pytest

from labels.models import Arrival
from labels.operations.arrival import forget, note
from labels.queries.clock import now
from tests.factories.atlaas import UserFactory

pytestmark = pytest.mark.django_db
FACTS = {"method": "POST", "path": "/espace/59001/candidature/2030/depot/", "status": 302, "size": 12}


def test_note_keeps_the_request_within_its_columns():
    long = FACTS | {"method": "PROPPATCH", "path": "/é" * 400, "size": 10**12}

    arrival = note(UserFactory(), **long, milliseconds=5)

    arrival.refresh_from_db()
    assert (arrival.method, arrival.path, arrival.size) == ("PROPPAT", "/é" * 150, 2_147_483_647)


def test_note_dates_the_arrival_before_the_answer():
    before = now()

    arrival = note(UserFactory(), **FACTS, milliseconds=60_000)

    arrival.refresh_from_db()
    assert arrival.at < before


def test_forget_erases_what_is_older_than_a_year():
    user = UserFactory()
    old, kept = (note(user, **FACTS, milliseconds=1) for _ in range(2))
    Arrival.objects.filter(pk=old.pk).update(at=now() - dt.timedelta(days=366))

    erased = forget()

    assert (erased, list(Arrival.objects.all())) == (1, [kept])
