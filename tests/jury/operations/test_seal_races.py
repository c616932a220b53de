"""Sealed, corrected and published by several at once, on the real PostgreSQL: the same rows as by one."""

import pytest

from atlaas.models import Job
from atlaas.rules.refusal import Refused
from jury.models import Entry
from jury.operations.minutes import correct
from jury.operations.seal import seal
from jury.queries.journal import verify
from labels.models import AwardCorrection, Edition, Seal
from labels.operations import correction
from labels.operations.publication_hour import publish_due
from labels.queries.clock import now
from labels.rules.correction import Told
from tests.factories.seal import SignedRoom, a_sealed_room
from tests.factories.sitting import a_decision
from tests.jury.operations.test_assignment_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)
HANDS = 4


def test_sealed_by_several_at_once_is_sealed_once():
    room = SignedRoom()

    made = at_once(*[lambda: seal(room.edition, by=room.team)] * HANDS)

    assert {one.sha256 for one in made} == {Seal.objects.get().sha256}
    assert (Entry.objects.filter(kind="sealed").count(), verify(room.edition)) == (1, None)


def test_a_decision_corrected_while_it_is_sealed_is_in_the_seal_or_refused():
    room = SignedRoom()
    item = room.item(0)
    decision = a_decision(4, reason="Erreur")

    answers = at_once(
        lambda: seal(room.edition, by=room.team),
        lambda: correct(item, decision, version=item.version, by=room.president.user),
    )

    assert sum(isinstance(one, Refused) for one in answers) == 1
    assert (Seal.objects.count(), room.item(0).level) in {(1, 3), (0, 4)}
    assert verify(room.edition) is None


def test_published_by_several_at_once_is_published_once():
    room = a_sealed_room()
    Edition.objects.filter(pk=room.edition.pk).update(publish_at=now())

    published = at_once(*[publish_due] * HANDS)

    assert sorted(published) == [0] * (HANDS - 1) + [1]
    assert Job.objects.filter(kind="publication").count() == 1


def test_corrected_by_several_at_once_is_corrected_once():
    room = a_sealed_room()
    award = room.award(0)

    answers = at_once(
        *[lambda: correction.correct(award, Told(4, is_ten=False), version=1, reason="Essai", by=room.team)]
        * HANDS
    )

    assert sum(isinstance(one, Refused) for one in answers) == HANDS - 1
    assert (AwardCorrection.objects.count(), room.award(0).version) == (1, 2)
