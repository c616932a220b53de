import datetime as dt

import pytest
from django.utils import timezone

from atlaas.models import Heartbeat
from atlaas.operations.heartbeat import beat


@pytest.mark.django_db
def test_beat_keeps_one_row_and_moves_its_time():
    Heartbeat.objects.create(name="beat", at=dt.datetime(2025, 1, 1, tzinfo=dt.UTC))

    beat("beat")

    only = Heartbeat.objects.get()
    assert abs(only.at - timezone.now()) < dt.timedelta(minutes=1)
