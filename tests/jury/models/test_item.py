"""What PostgreSQL refuses of a dossier on the agenda."""

import pytest

from jury.models import Item
from tests.factories.sitting import Room
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
VOTES = {"votes_for": 3, "votes_against": 0, "abstentions": 0}


@pytest.fixture
def room():
    room = Room()
    room.open()
    return room


@pytest.mark.parametrize("state", ["called", "decided"])
def test_one_dossier_is_on_the_table(room, state):
    room.call(0)

    facts = VOTES | {"level": 3} if state == "decided" else {}
    with refused_by("item_one_on_the_table"):
        Item.objects.filter(pk=room.item(1).pk).update(state=state, **facts)


@pytest.mark.parametrize(
    "facts",
    [
        {"level": 3},
        {"votes_for": 3},
        {"votes_against": 0},
        {"abstentions": 0},
        {"state": "called", "level": 3},
        {"state": "decided"},
        {"state": "ended", "level": 3},
        {"state": "ended", **VOTES},
        {"state": "ended", "level": 0, **VOTES},
        {"state": "ended", "level": 6, **VOTES},
        {"state": "ended", "level": 3, **VOTES, "votes_against": None},
        {"state": "ended", "level": 3, **VOTES, "abstentions": None},
        {"state": "lost", "level": 3, **VOTES},
    ],
)
def test_a_decided_one_has_its_level_and_its_votes(room, facts):
    with refused_by("item_decided_has_level_and_votes"):
        Item.objects.filter(pk=room.item(0).pk).update(**facts)


def test_a_title_is_of_5(room):
    with refused_by("item_ten_is_5"):
        Item.objects.filter(pk=room.item(0).pk).update(state="ended", level=4, is_ten=True, **VOTES)


def test_an_item_is_told_by_its_candidacy(room):
    assert str(room.item(0)) == str(room.dossiers[0])
