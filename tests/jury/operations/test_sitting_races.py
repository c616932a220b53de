"""Everyone at once on the closed day, on the real PostgreSQL: one order, no deadlock, nothing after the close."""

from threading import Event

import pytest
from django.db import transaction
from django.db.models.functions import Now

from atlaas.rules.refusal import Conflict, Refused
from jury.models import Entry, Evaluation, Presence, Recusal
from jury.operations.agenda import add, set_aside
from jury.operations.hold import hold_sitting
from jury.operations.item import call, decide, move
from jury.operations.recusal import declare
from jury.operations.sitting import close_sitting, set_present
from jury.queries.journal import verify
from jury.rules.item import Move
from labels.models import Candidacy
from tests.factories.atlaas import CommuneFactory
from tests.factories.recusal import begun
from tests.factories.sitting import Room, a_decision, a_dossier
from tests.jury.operations.test_assignment_races import at_once
from tests.waiting import until_someone_waits

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, WRITERS = 3, 15
PATIENCE = 60  # seconds; nothing is asserted of how long it takes


@pytest.fixture
def room():
    room = Room()
    room.open()
    return room


def ranks():
    return list(Entry.objects.order_by("rank").values_list("rank", flat=True))


def test_two_dossiers_called_at_once_put_one_on_the_table(room):
    items = [room.item(rank) for rank in (0, 1)]

    answers = at_once(*(lambda one=one: call(one, by=room.president.user) for one in items))

    refused = [one for one in answers if isinstance(one, Refused)]
    assert [str(one) for one in refused] == ["Un dossier est sur la table : décidez-le, ou reportez-le."]
    assert sorted(room.item(rank).state for rank in (0, 1)) == ["called", "waiting"]
    assert ranks() == [1, 2, 3]


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_two_decisions_of_one_version_are_one_decision_and_one_conflict(room, _round):
    room.call(0)
    item = room.item(0)
    told = [a_decision(level, reason="À deux") for level in (2, 4)]

    answers = at_once(
        *(lambda one=one: decide(item, one, version=item.version, by=room.president.user) for one in told)
    )

    conflicts = [one for one in answers if isinstance(one, Conflict)]
    won = next(one for one in answers if not isinstance(one, Refused))
    assert (len(conflicts), room.item(0).level) == (1, won.level)
    assert (Entry.objects.filter(kind="decided").count(), verify(room.edition)) == (1, None)


def test_two_tabs_that_move_the_same_levels_are_one_move_and_one_conflict(room):
    for rank in (0, 1):
        room.judge(rank)
    items = [room.item(rank) for rank in (0, 1)]
    wanted = [{one.pk: Move(level, one.version) for one in items} for level in (2, 5)]

    answers = at_once(
        *(lambda one=one: move(room.edition, one, reason="À deux", by=room.president.user) for one in wanted)
    )

    conflicts = [one for one in answers if isinstance(one, Conflict)]
    (won,) = (one for one in answers if not isinstance(one, Refused))
    assert (len(conflicts), {one.level for one in won}) == (1, {room.item(0).level})
    assert room.item(0).level == room.item(1).level
    assert (Entry.objects.filter(kind="moved").count(), verify(room.edition)) == (1, None)


def test_a_late_dossier_added_in_two_tabs_is_added_once(room):
    dossier = a_dossier(room.edition)

    answers = at_once(*[lambda: add(dossier, by=room.president.user)] * 2)

    assert answers[0] == answers[1]
    assert (Entry.objects.filter(kind="added").count(), verify(room.edition)) == (1, None)


def test_a_withdrawn_dossier_is_set_aside_once_by_a_tab_that_says_so_and_one_that_calls_the_next(room):
    room.call(0)
    Candidacy.objects.filter(pk=room.dossiers[0].pk).update(state="withdrawn", filed=None)
    first, second = (room.item(rank) for rank in (0, 1))

    answers = at_once(
        lambda: set_aside(first, by=room.president.user), lambda: call(second, by=room.president.user)
    )

    assert [one for one in answers if isinstance(one, Refused)] == []
    assert [room.item(rank).state for rank in (0, 1)] == ["aside", "called"]
    assert (Entry.objects.filter(kind="set_aside").count(), verify(room.edition)) == (1, None)


def test_a_dossier_is_not_set_aside_while_it_is_being_filed_again(room):
    """The filing holds the candidacy: who sets it aside waits, reads it anew, and finds it judged."""
    dossier, snapshot = room.dossiers[0], room.dossiers[0].filed
    Candidacy.objects.filter(pk=dossier.pk).update(state="withdrawn", filed=None)
    item, is_held = room.item(0), Event()

    def file_again():
        with transaction.atomic():
            Candidacy.objects.select_for_update(no_key=True).get(pk=dossier.pk)
            is_held.set()
            until_someone_waits()
            Candidacy.objects.filter(pk=dossier.pk).update(state="filed", filed=snapshot)

    def aside():
        assert is_held.wait(PATIENCE)
        return set_aside(item, by=room.president.user)

    (_, answer) = at_once(file_again, aside)

    assert "n’est pas retirée" in str(answer)
    assert (room.item(0).state, verify(room.edition)) == ("waiting", None)


def evaluate(seat, evaluation):
    """As the reading writes: the sitting is held, then the row."""
    with transaction.atomic():
        if hold_sitting(seat.edition):
            raise Refused("La séance est close.")
        Evaluation.objects.filter(pk=evaluation.pk).update(note="Relu", saved_at=Now())


def assert_nothing_follows(room, closed_at):
    assert not Recusal.objects.filter(at__gt=closed_at).exists()
    assert not Evaluation.objects.filter(note="Relu", saved_at__gt=closed_at).exists()
    assert not Presence.objects.filter(since__gt=closed_at).exists()
    assert not Presence.objects.filter(until=None).exists()
    assert not Entry.objects.exclude(kind="closed").filter(at__gt=closed_at).exists()
    assert Entry.objects.latest("rank").kind == "closed"
    assert ranks() == list(range(1, len(ranks()) + 1))
    assert verify(room.edition) is None


def test_nothing_is_written_after_the_close_whoever_writes():
    room = Room(members=WRITERS - 2)
    drafts = {seat.pk: begun(seat, room.dossiers[0]) for seat in room.everyone}
    places = [CommuneFactory() for _ in range(WRITERS * 40)]
    room.open([room.president])
    for rank in (0, 1):
        room.judge(rank)
    is_closed, is_time = Event(), Event()
    written = [0] * WRITERS

    def writer(number):
        seat, wanted = room.everyone[number], iter(places[number::WRITERS])
        stays = seat == room.president  # who closes is in the room
        for turn in range(40):
            act = (
                lambda: declare(seat, next(wanted), "client", by=seat.user),
                lambda turn=turn: set_present(
                    seat, is_present=stays or turn % 2 == 0, by=room.president.user
                ),
                lambda: evaluate(seat, drafts[seat.pk]),
            )[(turn + number) % 3]
            try:
                act()
            except Refused:
                assert is_closed.wait(PATIENCE)
                return
            written[number] += 1
            if sum(written) >= WRITERS * 3:
                is_time.set()

    def president():
        assert is_time.wait(PATIENCE)
        close_sitting(room.edition, by=room.president.user)
        is_closed.set()

    at_once(*(lambda number=number: writer(number) for number in range(WRITERS)), president)

    assert sum(written) >= WRITERS * 3
    assert_nothing_follows(room, room.sitting.closed_at)
