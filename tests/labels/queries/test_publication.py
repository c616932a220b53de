"""The version of a palmarès turns with what the public may read of it, and with nothing that is still secret."""

import datetime as dt

import pytest

from labels.models import Award, Edition
from labels.operations.award import confirm_level
from labels.operations.correction import correct
from labels.operations.publication_hour import publish_now
from labels.operations.statistics import recompute
from labels.queries.clock import now
from labels.queries.publication import version
from labels.rules.correction import Told
from tests.factories.atlaas import UserFactory
from tests.factories.labels import AwardFactory, EditionFactory
from tests.factories.seal import SignedRoom, a_sealed_room

pytestmark = pytest.mark.django_db


def test_a_secret_turns_nothing():
    room = SignedRoom()
    before = version(room.edition)

    Award.objects.update(level=1)
    recompute("2030")
    Edition.objects.filter(pk=room.edition.pk).update(publish_at=now() + dt.timedelta(hours=1))

    assert version(room.edition) == before


def test_each_step_of_a_palmares_turns_it():
    room = SignedRoom()
    seen = [version(room.edition)]
    award = room.award(1)

    for step in (
        room.seal,
        lambda: publish_now(room.edition, by=room.team),
        lambda: correct(award, Told(4, is_ten=False), version=1, reason="Essai", by=room.team),
        lambda: recompute("2030"),
    ):
        step()
        seen.append(version(room.edition))

    assert len(set(seen)) == len(seen)


def test_a_correction_before_the_hour_turns_nothing_then():
    room = a_sealed_room()
    before = version(room.edition)

    correct(room.award(1), Told(4, is_ten=False), version=1, reason="Essai", by=room.team)

    assert version(room.edition) == before


def test_a_level_that_an_organiser_confirms_turns_an_imported_palmares():
    award = AwardFactory(level=4, level_is_certain=False)
    before = version(award.edition)

    confirm_level(award, level=5, version=1, reason="Photo", by=UserFactory(is_organiser=True))

    assert version(award.edition) != before


def test_it_is_one_query_and_the_same_twice(django_assert_num_queries):
    edition = EditionFactory()

    with django_assert_num_queries(1):
        first = version(edition)

    assert (first, len(first)) == (version(edition), 16)
