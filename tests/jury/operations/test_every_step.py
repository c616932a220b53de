"""Every step of a sitting, a dossier, a tie and a seat: from every state, by every role. What may not be writes nothing.

Those of an evaluation are in `test_evaluation`. Each role tries in a transaction that is taken back, then the next one does.
"""

from functools import partial

import pytest
from django.db import transaction
from django.utils import timezone

from atlaas.rules.refusal import Refused
from jury.choices import ItemState
from jury.models import Entry, Juror, Recusal
from jury.operations.invitation import accept, invite
from jury.operations.juror import Facts, add, remove
from jury.operations.recusal import declare, dismiss, finish, take_back
from jury.operations.sitting import close_sitting, open_sitting, set_deputy, set_present
from jury.queries.juror import secret_of
from labels.models import JuryMember
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import close_sitting as closed
from tests.factories.recusal import closed_edition, judged, scored
from tests.factories.sitting import Room
from tests.jury.operations.test_item import TAKEN, VERBS, act, put, stored
from tests.jury.operations.test_sitting import STRANGERS, stranger

pytestmark = pytest.mark.django_db
ADDRESS = "ada@exemple.test"
OF_THE_SITTING = ("open", "come", "go", "deputy", "close")
SITTING_TAKES = {
    "preparing": {"open", "deputy"},
    "open": {"come", "go", "deputy", "close"},
    "closed": set(),
}
TIE_TAKES = {
    # state of the seat → role → verbs
    "to declare": {"own": {"declare", "take back", "finish"}, "organiser": {"declare", "dismiss"}},
    "declared": {
        "own": {"declare", "finish"},
        "organiser": {"declare", "dismiss"},
    },  # to finish twice is once
    "left": {},
    "closed": {},
}
SEAT_TAKES = {
    "added": {"organiser": {"add", "invite", "remove"}},
    "invited": {"organiser": {"add", "invite", "remove"}, "own": {"accept"}},
    "joined": {"organiser": {"add", "remove"}, "own": {"accept"}},  # to accept twice is once
    "scored": {"organiser": {"add"}, "own": {"accept"}},
    "left": {"organiser": {"add", "remove"}},
    "closed": {"own": {"accept"}},
}


def is_done(who, work, witness):
    """Whether `work` by that person was done, which is taken back; when it was not, nothing was written."""
    with transaction.atomic():
        by = who()
        before = witness()
        try:
            work(by)
        except Refused:
            assert witness() == before
            return False
        finally:
            transaction.set_rollback(True)
    return True


def journal():
    return list(Entry.objects.values_list("kind", flat=True))


def a_room(state):
    room = Room(dossiers=1)
    if state != "preparing":
        room.open([room.president, room.deputy])
        room.judge(0)
    if state == "closed":
        room.close()
    return room


def somebody(room, who):
    """Read anew: the role before may have closed the account of the president, and it was taken back."""
    room.president.refresh_from_db()
    return room.president.user if who == "president" else stranger(room, who)


def conduct(room, verb, by):
    acts = {
        "open": lambda: open_sitting(room.edition, [room.president.pk], by=by),
        "come": lambda: set_present(room.members[0], is_present=True, by=by),
        "go": lambda: set_present(room.deputy, is_present=False, by=by),
        "deputy": lambda: set_deputy(room.members[0], by=by),
        "close": lambda: close_sitting(room.edition, by=by),
    }
    return acts[verb]()


@pytest.mark.parametrize("state", SITTING_TAKES)
def test_every_step_of_a_sitting(state):
    room = a_room(state)

    done = {
        (who, verb)
        for who in ("president", *STRANGERS)
        for verb in OF_THE_SITTING
        if is_done(partial(somebody, room, who), partial(conduct, room, verb), journal)
    }

    assert done == {("president", verb) for verb in SITTING_TAKES[state]}


@pytest.mark.parametrize("state", [one for one in ItemState.values if one != "aside"])  # see test_agenda
def test_every_step_of_a_dossier_is_for_who_presides_it(state):
    room = Room(dossiers=1)
    room.open()
    put(room, 0, state)

    done = {
        (who, verb)
        for who in ("president", *STRANGERS)
        for verb in VERBS
        if is_done(
            partial(somebody, room, who), partial(act, room, verb, 0), lambda: (stored(room, 0), journal())
        )
    }

    assert done == {("president", verb) for at, verb in TAKEN if at == state}


def people(seat):
    """By role, who tries something with a seat or a tie."""
    return {
        "own": seat.user or UserFactory(email=seat.email),
        "organiser": UserFactory(is_organiser=True),
        "closed account": UserFactory(is_organiser=True, is_active=False),
        "another juror": a_juror(seat.edition).user,
        "president": a_juror(seat.edition, president=True).user,
        "agent": agent_of(CommuneFactory()),
        "nobody": UserFactory(),
    }


def ties():
    return list(Recusal.objects.values()), list(Juror.objects.values_list("pk", "declared_at"))


@pytest.mark.parametrize("state", TIE_TAKES)
def test_every_step_of_a_tie(state):
    edition = closed_edition()
    seat = a_juror(edition, declared_at=timezone.now() if state == "declared" else None)
    tie, place = RecusalFactory(juror=seat), CommuneFactory()
    if state == "left":
        Juror.objects.filter(pk=seat.pk).update(left_at=timezone.now())
    if state == "closed":
        closed(edition)
    verbs = {
        "declare": lambda by: declare(seat, place, "home", by=by),
        "take back": lambda by: take_back(tie, by=by),
        "dismiss": lambda by: dismiss(tie, by=by, reason="Homonyme"),
        "finish": lambda by: finish(seat, by=by, says_none=False),
    }

    done = {
        (who, verb)
        for who, by in people(seat).items()
        for verb, work in verbs.items()
        if is_done(lambda by=by: by, work, ties)
    }

    assert done == {(who, verb) for who, some in TIE_TAKES[state].items() for verb in some}


def seats():
    return list(Juror.objects.values()), list(JuryMember.objects.values())


def a_seat(edition, state):
    """A seat as the verbs bring it there."""
    team = UserFactory(is_organiser=True)
    seat = add(edition, Facts("Ada Exemple"), ADDRESS, by=team)
    if state == "added":
        return seat
    seat = invite(seat, by=team)
    if state != "invited":
        seat = accept(secret_of(seat), by=UserFactory(email=ADDRESS))
    if state == "scored":
        scored(seat, judged(edition))
    if state == "left":
        remove(seat, by=team)
    if state == "closed":
        closed(edition)
    seat.refresh_from_db()
    return seat


@pytest.mark.parametrize("state", SEAT_TAKES)
def test_every_step_of_a_seat(state):
    edition = closed_edition()
    seat = a_seat(edition, state)
    verbs = {
        "add": lambda by: add(edition, Facts("Une autre"), "une.autre@exemple.test", by=by),
        "invite": lambda by: invite(seat, by=by),
        "accept": lambda by: accept(secret_of(seat), by=by),
        "remove": lambda by: remove(seat, by=by),
    }

    done = {
        (who, verb)
        for who, by in people(seat).items()
        for verb, work in verbs.items()
        if is_done(lambda by=by: by, work, seats)
    }

    assert done == {(who, verb) for who, some in SEAT_TAKES[state].items() for verb in some}
