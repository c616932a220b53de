"""A sealed palmarès is public at its hour, or at once: never before, and once."""

import datetime as dt

import pytest

from atlaas.models import Job
from atlaas.rules.refusal import Conflict, Refused
from labels.models import Award, Edition, StatisticsRun
from labels.operations.publication_hour import HOUR, publish_due, publish_now, set_hour
from labels.queries.clock import now
from labels.queries.mark import mark_of
from labels.rules.publication_hour import is_due
from labels.tasks import publish
from tests.factories.atlaas import UserFactory
from tests.factories.labels import EditionFactory
from tests.factories.seal import SignedRoom, a_sealed_room

pytestmark = pytest.mark.django_db
HOUR_LATER = dt.timedelta(hours=1)
SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def room():
    return a_sealed_room()


def set_at(room, at, *, read=None, by=None):
    stored = Edition.objects.get(pk=room.edition.pk)
    return set_hour(stored, at, read=mark_of(stored, HOUR) if read is None else read, by=by or room.team)


def come(room, before=SECOND):
    """The hour is that long ago."""
    Edition.objects.filter(pk=room.edition.pk).update(publish_at=now() - before)


def stored(room):
    return Edition.objects.get(pk=room.edition.pk)


def test_an_hour_is_set_moved_and_taken_back(room):
    for at in (now() + HOUR_LATER, now() + 2 * HOUR_LATER, None):
        set_at(room, at)

        assert stored(room).publish_at == at
    assert stored(room).published_at is None


def test_the_hour_publishes_all_at_once_and_asks_for_what_follows(room):
    assert Award.objects.visible_to(None).count() == 0
    come(room)

    assert (publish_due(), publish_due()) == (1, 0)

    edition = stored(room)
    assert edition.published_at >= edition.publish_at
    assert Award.objects.visible_to(None).count() == 2
    assert StatisticsRun.objects.filter(edition=edition).exists()
    assert Job.objects.filter(kind="publication").values_list("key", flat=True).get() == "2030"


def test_nothing_is_public_before_the_hour(room):
    set_at(room, now() + HOUR_LATER)

    assert (publish_due(), stored(room).published_at) == (0, None)


@pytest.mark.parametrize(("late", "due"), [(-SECOND, False), (dt.timedelta(0), True), (SECOND, True)])
def test_an_hour_is_due_from_its_instant_on(late, due):
    at = now()

    assert is_due(publish_at=at, published_at=None, now=at + late) is due
    assert not is_due(publish_at=at, published_at=at, now=at + late)
    assert not is_due(publish_at=None, published_at=None, now=at + late)


def test_what_is_not_sealed_is_not_published_even_at_its_hour():
    room = SignedRoom()
    come(room)

    assert publish_due() == 0
    with pytest.raises(Refused, match="n’est pas scellé"):
        publish_now(room.edition, by=room.team)
    with pytest.raises(Refused, match="n’est pas scellé"):
        set_at(room, now() + HOUR_LATER)
    assert stored(room).published_at is None


def test_publishing_now_is_once_and_moves_the_hour(room):
    set_at(room, now() + HOUR_LATER)

    first, again = (publish_now(room.edition, by=room.team).published_at for _ in range(2))

    assert first == again
    assert stored(room).publish_at <= first


def test_an_hour_that_is_past_is_refused(room):
    with pytest.raises(Refused, match="Cette heure est passée"):
        set_at(room, now() - SECOND)


def test_an_hour_that_has_come_no_longer_moves(room):
    come(room)

    with pytest.raises(Refused, match="L’heure est venue"):
        set_at(room, now() + HOUR_LATER)


def test_a_public_palmares_has_no_other_hour(room):
    publish_now(room.edition, by=room.team)

    for at in (None, now() + HOUR_LATER):
        with pytest.raises(Refused, match="Le palmarès est public"):
            set_at(room, at)


def test_a_stale_hour_is_a_conflict(room):
    read = mark_of(room.edition, HOUR)
    set_at(room, at := now() + HOUR_LATER)

    with pytest.raises(Conflict) as conflict:
        set_at(room, None, read=read)

    assert (conflict.value.current, stored(room).publish_at) == (at, at)


@pytest.mark.parametrize("who", ["president", "nobody"])
def test_organisers_alone_publish(room, who):
    by = room.president.user if who == "president" else UserFactory()

    for verb in (lambda: publish_now(room.edition, by=by), lambda: set_at(room, None, by=by)):
        with pytest.raises(Refused, match="Seule l’équipe"):
            verb()

    assert stored(room).published_at is None


def test_beat_publishes_and_wakes_a_worker_only_when_it_did(room, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as nothing:
        publish()
    come(room)

    with django_capture_on_commit_callbacks() as callbacks:
        publish()

    assert (len(nothing), [one.__name__ for one in callbacks]) == (0, ["_send"])
    assert stored(room).published_at is not None


def test_a_palmares_that_comes_late_has_the_figures_of_the_next_ones_computed_again(room):
    EditionFactory(year=room.edition.year + 1)
    EditionFactory(year=room.edition.year + 9)

    publish_now(room.edition, by=room.team)

    asked = Job.objects.filter(kind="statistics").exclude(key=str(room.edition.year))
    assert list(asked.values_list("key", flat=True)) == [str(room.edition.year + 1)]
