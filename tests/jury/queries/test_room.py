"""Who is in the room, who left it for a dossier, who presides, and what a member may see of the agenda."""

import datetime as dt

import pytest
from django.utils import timezone

from jury.models import Juror
from jury.operations.sitting import set_present
from jury.queries.room import (
    agenda_of,
    is_late,
    items,
    may_preside,
    on_the_table,
    present_in,
    presiding_seat,
    rank_of,
    tied_members,
    undecided,
    voters_on,
)
from labels.models import Candidacy, Extension
from tests.factories.atlaas import CommuneFactory, UserFactory
from tests.factories.jury import RecusalFactory
from tests.factories.recusal import a_group
from tests.factories.sitting import Room, a_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return Room()


def test_an_agenda_leaves_no_trace_of_what_a_member_is_tied_to(room):
    room.tie(room.members[0], 0)
    room.open()

    assert [one.candidacy for one in agenda_of(room.members[0])] == [room.dossiers[1]]
    assert {one.candidacy for one in agenda_of(room.president)} == set(room.dossiers)
    assert len(items(room.sitting)) == 2


def test_who_is_tied_to_a_group_or_to_one_of_its_communes_leaves():
    room = Room(members=3, dossiers=0)
    home, sister = CommuneFactory(), CommuneFactory()
    group = a_group(home, sister)
    own, near, whole = room.members
    for juror, place in ((own, home), (near, sister), (whole, group)):
        RecusalFactory(juror=juror, collectivity=place)
    room.dossiers = [a_dossier(room.edition, place) for place in (home, group)]

    assert {one.pk for one in tied_members(room.dossiers[0])} == {own.pk, whole.pk}
    assert {one.pk for one in tied_members(room.dossiers[1])} == {own.pk, near.pk, whole.pk}


def test_a_tie_that_was_dismissed_sends_nobody_out(room):
    facts = {"dismissed_at": timezone.now(), "dismissed_by": UserFactory(), "dismissal": "Homonyme"}
    RecusalFactory(
        juror=room.members[0],
        collectivity=room.dossiers[0].collectivity,
        at=timezone.now() - dt.timedelta(1),
        **facts,
    )

    assert list(tied_members(room.dossiers[0])) == []


def test_who_is_heard_is_present_and_not_tied(room):
    room.tie(room.members[0], 0)
    room.open()
    set_present(room.deputy, is_present=False, by=room.president.user)

    voters = voters_on(room.item(0), room.sitting)

    assert (list(voters.voting), list(voters.out)) == ([room.president], [room.members[0]])
    assert present_in(room.sitting) == [room.president, room.members[0]]


def test_who_presides_which_dossier(room):
    room.tie(room.president, 1)
    room.open()

    told = [
        [may_preside(seat, room.dossiers[rank], room.sitting) for rank in (0, 1)]
        for seat in (room.president, room.deputy, room.members[0])
    ]

    assert told == [[True, False], [False, True], [False, False]]


def test_the_seat_of_the_president_is_theirs_once_declared(room):
    user = room.president.user
    assert presiding_seat(room.edition, user) == room.president
    assert presiding_seat(room.edition, room.deputy.user) is None

    Juror.objects.filter(pk=room.president.pk).update(declared_at=None)

    assert presiding_seat(room.edition, user) is None


def test_what_is_on_the_table_and_what_is_left(room):
    assert (on_the_table(room.sitting), rank_of(room.sitting)) == (None, 1)
    room.open()
    room.call(0)
    assert (on_the_table(room.sitting), rank_of(room.sitting)) == (room.item(0), 3)
    assert len(undecided(room.sitting)) == 2

    room.decide(0)
    room.end(0)
    Candidacy.objects.filter(pk=room.dossiers[1].pk).update(state="withdrawn", filed=None)

    assert (on_the_table(room.sitting), list(undecided(room.sitting))) == (None, [])


@pytest.mark.parametrize(
    ("hours", "is_ended", "answer"), [(1, False, True), (1, True, False), (-1, False, False)]
)
def test_an_extension_that_runs_is_late(room, hours, is_ended, answer):
    now = timezone.now()
    Extension.objects.create(
        candidacy=room.dossiers[0],
        at=now - dt.timedelta(hours=2),
        until=now + dt.timedelta(hours=hours),
        ended_at=now if is_ended else None,
        reason="Panne",
        by=UserFactory(),
    )

    assert is_late(room.edition) is answer
