import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from atlaas.models import Heartbeat
from atlaas.operations.heartbeat import beat


def ready(client):
    answer = client.get(reverse("health-ready"))
    return answer.status_code, answer.json()


def test_live_asks_nothing_of_the_database(client):
    answer = client.get("/sante/vif")

    assert (answer.status_code, answer.json(), answer["Cache-Control"][:9]) == (
        200,
        {"alive": True},
        "max-age=0",
    )
    assert answer.cookies == {}


@pytest.mark.django_db
def test_ready_when_all_answer(client, django_assert_num_queries):
    beat("beat")

    with django_assert_num_queries(1):
        found = ready(client)

    assert found == (200, {"ready": True, "database": True, "broker": True, "beat": True})


@pytest.mark.django_db
def test_ready_without_a_beat_names_it(client):
    assert ready(client) == (503, {"ready": False, "database": True, "broker": True, "beat": False})


@pytest.mark.django_db
@pytest.mark.parametrize(("seconds", "recent"), [(100, True), (140, False)])
def test_ready_wants_a_beat_of_the_last_two_minutes(client, seconds, recent):
    Heartbeat.objects.create(name="beat", at=timezone.now() - dt.timedelta(seconds=seconds))

    assert ready(client)[1]["beat"] is recent


@pytest.mark.django_db
def test_ready_without_a_broker_names_it(client, settings):
    beat("beat")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"

    assert ready(client) == (503, {"ready": False, "database": True, "broker": False, "beat": True})


@pytest.mark.django_db(transaction=True)
def test_ready_without_a_database_names_it(client):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE atlaas_heartbeat RENAME TO atlaas_heartbeat_away")
    try:
        found = ready(client)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE atlaas_heartbeat_away RENAME TO atlaas_heartbeat")

    assert found == (503, {"ready": False, "database": False, "broker": True, "beat": False})


@pytest.mark.parametrize("route", ["health-live", "health-ready"])
def test_health_refuses_writing(client, route):
    assert client.post(reverse(route)).status_code == 405
