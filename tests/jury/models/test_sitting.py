import datetime as dt

import pytest
from django.utils import timezone

from jury.models import Presence, Sitting
from tests.factories.campaign import open_edition
from tests.factories.jury import a_juror
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "open"},
        {"state": "closed", "opened_at": NOW},
        {"state": "closed", "closed_at": NOW},
        {"opened_at": NOW},
        {"state": "lost"},
    ],
)
def test_a_state_has_its_times(facts):
    with refused_by("sitting_state_has_its_times"):
        Sitting.objects.create(edition=open_edition(), **facts)


def presence(**facts):
    juror = a_juror(open_edition())
    sitting = Sitting.objects.create(edition=juror.edition)
    words = {"sitting": sitting, "juror": juror, "since": NOW}
    return Presence.objects.create(**(words | facts))


def test_somebody_is_in_the_room_once_at_a_time():
    one = presence()

    with refused_by("presence_once_at_a_time"):
        Presence.objects.create(sitting=one.sitting, juror=one.juror, since=NOW)

    Presence.objects.filter(pk=one.pk).update(until=NOW)
    assert Presence.objects.create(sitting=one.sitting, juror=one.juror, since=NOW).pk


def test_a_presence_ends_after_it_begins():
    with refused_by("presence_ends_after_it_begins"):
        presence(until=NOW - dt.timedelta(seconds=1))


def test_what_is_read_of_both():
    one = presence()

    assert str(one) == f"{one.juror}, {NOW:%H:%M}"
    assert str(one.sitting) == "séance de l’édition 2030"
