"""The demonstration's sitting, held by the verbs of a real one."""

import pytest

from atlaas.rules.refusal import Refused
from jury.models import Item, Signature
from jury.operations.demo_sitting import hold
from jury.queries.journal import verify
from labels.models import Award
from tests.factories.sitting import Room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    room = Room(deputy=False)
    room.edition.is_demo = True
    room.edition.save()
    return room


@pytest.mark.parametrize("shares", [False, True])
def test_a_demonstration_is_held_and_signed_by_who_presided(room, shares):
    if shares:
        room.tie(room.president, 1)

    sitting = hold(room.edition)

    assert (sitting.state, verify(room.edition)) == ("closed", None)
    assert set(Item.objects.values_list("state", flat=True)) == {"ended"}
    assert Award.objects.filter(edition=room.edition).count() == 2
    signers = set(Signature.objects.values_list("by", flat=True))
    assert signers == {room.president.user.pk} | ({room.deputy.user.pk} if shares else set())


def test_an_edition_that_is_not_invented_is_never_held():
    with pytest.raises(Refused, match="n’est pas une démonstration"):
        hold(Room().edition)
