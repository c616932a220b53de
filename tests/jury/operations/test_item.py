"""Verbs of a dossier at the sitting: who may, from which state, and what they write."""

import json

import pytest
from django.utils import timezone

from atlaas.rules.refusal import Conflict, Refused
from jury.models import Juror
from jury.operations.item import call, decide, end, move, postpone, undo
from jury.operations.recusal import declare
from jury.operations.sitting import set_deputy, set_present
from jury.rules.item import Move
from labels.models import MentionTheme
from tests.factories.atlaas import UserFactory, agent_of
from tests.factories.sitting import Room, a_decision, handed_in

pytestmark = pytest.mark.django_db
VERBS = ("call", "decide", "undo", "postpone", "end", "move")
TAKEN = {
    ("waiting", "call"): "called",
    ("called", "call"): "called",  # a second click does no more than the first
    ("decided", "call"): "decided",
    ("called", "decide"): "decided",
    ("called", "postpone"): "waiting",
    ("decided", "undo"): "called",
    ("decided", "end"): "ended",
    ("ended", "move"): "ended",
}


@pytest.fixture
def room():
    room = Room()
    room.open()
    return room


def put(room, rank, state, by=None):
    """Bring a dossier to that state by the verbs."""
    steps = {"waiting": 0, "called": 1, "decided": 2, "ended": 3}[state]
    for act in (room.call, room.decide, room.end)[:steps]:
        act(rank, by=by)


def act(room, verb, rank, by, level=4):
    item = room.item(rank)
    acts = {
        "call": lambda: call(item, by=by),
        "decide": lambda: decide(item, room.a_decision(rank), version=item.version, by=by),
        "undo": lambda: undo(item, by=by),
        "postpone": lambda: postpone(item, by=by),
        "end": lambda: end(item, by=by),
        "move": lambda: move(room.edition, moves(item, level=level), reason="Harmonie", by=by),
    }
    return acts[verb]()


def moves(*items, level=4):
    """As they were read."""
    return {one.pk: Move(level, one.version) for one in items}


def all_of(room):
    return [room.item(rank) for rank in range(len(room.dossiers))]


def stored(room, rank):
    item = room.item(rank)
    votes = (item.votes_for, item.votes_against, item.abstentions)
    return (item.state, item.level, item.is_ten, votes, item.reason, item.version)


def last(room):
    entry = room.sitting.entries.latest("rank")
    return entry.kind, json.loads(entry.document)["facts"]


def ranks(room):
    return list(room.sitting.entries.values_list("rank", flat=True))


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ["waiting", "called", "decided", "ended"])
def test_every_step_from_every_state(room, state, verb):
    put(room, 0, state)
    before, journal = stored(room, 0), ranks(room)

    if (state, verb) in TAKEN:
        act(room, verb, 0, room.president.user)
        assert stored(room, 0)[0] == TAKEN[state, verb]
        return
    with pytest.raises(Refused, match="On ne peut pas"):
        act(room, verb, 0, room.president.user)
    assert (stored(room, 0), ranks(room)) == (before, journal)


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", ["preparing", "closed"])
def test_nothing_happens_to_a_dossier_unless_the_sitting_is_open(verb, state):
    room = Room(dossiers=1)
    room.open()
    room.judge(0)
    if state == "closed":
        room.close()
    else:
        type(room.sitting).objects.update(state="preparing", opened_at=None)

    with pytest.raises(Refused, match="n’est pas ouverte" if state == "preparing" else "par une correction"):
        act(room, verb, 0, room.president.user)


STATE_BEFORE = {
    "call": "waiting",
    "decide": "called",
    "postpone": "called",
    "undo": "decided",
    "end": "decided",
    "move": "ended",
}


@pytest.mark.parametrize(
    "who", ["deputy", "member", "organiser", "agent", "nobody", "undeclared", "inactive"]
)
@pytest.mark.parametrize("verb", VERBS)
def test_a_dossier_is_presided_by_the_president_alone(room, verb, who):
    put(room, 0, STATE_BEFORE[verb])
    before, journal = stored(room, 0), ranks(room)
    by = room.president.user
    if who == "undeclared":
        Juror.objects.filter(pk=room.president.pk).update(declared_at=None)
    elif who == "inactive":
        by.is_active = False
        by.save()
    else:
        by = {
            "deputy": lambda: room.deputy.user,
            "member": lambda: room.members[0].user,
            "organiser": lambda: UserFactory(is_organiser=True),
            "agent": lambda: agent_of(room.dossiers[0].collectivity),
            "nobody": UserFactory,
        }[who]()

    with pytest.raises(Refused):
        act(room, verb, 0, by)

    assert (stored(room, 0), ranks(room)) == (before, journal)


@pytest.mark.parametrize("verb", VERBS)
def test_the_deputy_presides_what_the_president_is_tied_to(verb):
    room = Room()
    room.tie(room.president, 0)
    room.open()
    put(room, 0, STATE_BEFORE[verb], by=room.deputy)

    with pytest.raises(Refused):
        act(room, verb, 0, room.president.user)
    with pytest.raises(Refused):
        act(room, verb, 0, room.members[0].user)
    if verb == "move":
        with pytest.raises(Refused, match="Seule la personne qui préside le jury"):
            act(room, verb, 0, room.deputy.user)
        return
    act(room, verb, 0, room.deputy.user)
    assert stored(room, 0)[0] == TAKEN[STATE_BEFORE[verb], verb]


def test_a_deputy_who_is_tied_too_presides_nothing_and_another_is_named():
    room = Room()
    room.tie(room.president, 0)
    room.tie(room.deputy, 0)
    room.open()

    with pytest.raises(Refused, match="n’est pas présidé par vous"):
        room.call(0, by=room.deputy)

    set_deputy(room.members[0], by=room.president.user)
    assert room.call(0, by=room.members[0]).state == "called"


def test_a_tie_that_is_declared_while_the_dossier_is_on_the_table_takes_the_chair_away(room):
    room.call(0)

    declare(room.president, room.dossiers[0].collectivity, "home", by=room.president.user)

    with pytest.raises(Refused):
        room.decide(0)
    assert room.decide(0, by=room.deputy).votes_for == 2


@pytest.mark.parametrize(
    ("lacks", "why"),
    [("president", "Personne ne préside ce jury"), ("deputy", "désignez une suppléance")],
)
def test_who_presides_is_told_when_nobody_does(lacks, why):
    room = Room(deputy=lacks != "deputy")
    room.open()
    if lacks == "president":
        type(room.president.member).objects.update(is_president=False)

    with pytest.raises(Refused, match=why):
        room.call(0, by=room.members[0])


def test_a_call_tells_who_hears_it_and_who_left():
    room = Room()
    room.tie(room.members[0], 0)
    room.open()

    item = room.call(0)

    kind, facts = last(room)
    assert (kind, facts["dossier"], facts["code"]) == (
        "called",
        str(room.dossiers[0].pk),
        room.dossiers[0].collectivity.code,
    )
    assert [one["juror"] for one in facts["present"]] == [room.president.pk, room.deputy.pk]
    assert [one["juror"] for one in facts["recused"]] == [room.members[0].pk]
    assert (facts["by"], facts["by_name"]) == (room.president.user.pk, str(room.president.user))
    assert item.called_at is not None


def test_a_call_closes_the_decided_dossier_before_it(room):
    put(room, 0, "decided")

    room.call(1)

    assert (stored(room, 0)[0], stored(room, 1)[0]) == ("ended", "called")
    kinds = list(room.sitting.entries.values_list("kind", flat=True))
    assert kinds[-2:] == ["ended", "called"]


def test_an_undecided_dossier_is_in_the_way(room):
    room.call(0)

    with pytest.raises(Refused, match="décidez-le, ou reportez-le"):
        room.call(1)


def test_the_dossier_of_another_chair_is_in_the_way_until_it_is_closed():
    room = Room()
    room.tie(room.president, 0)
    room.open()
    put(room, 0, "decided", by=room.deputy)

    with pytest.raises(Refused, match="présidé par une autre personne"):
        room.call(1)

    room.end(0, by=room.deputy)
    assert room.call(1).state == "called"


def test_a_decision_is_written_with_what_the_jury_was_told(room):
    for seat, value in zip(room.everyone, (1, 2, 3), strict=True):
        handed_in(seat, room.dossiers[0], value, level=value)
    MentionTheme.objects.create(edition=room.edition, name="Santé", slug="sante")
    room.call(0)

    item = room.decide(0, 4, votes=(2, 1, 0), mentions=("sante", "sante"), reason=" L'effort ! ")

    assert stored(room, 0) == ("decided", 4, False, (2, 1, 0), "L’effort\u202f!", item.version)
    assert (item.proposed, item.is_fragile) == (3, True)
    assert [one.slug for one in item.mentions.all()] == ["sante"]
    kind, facts = last(room)
    assert (kind, facts["mentions"], facts["votes"]) == (
        "decided",
        ["sante"],
        {"for": 2, "against": 1, "abstentions": 0},
    )
    evidence = facts["evidence"]
    assert (evidence["proposed"], evidence["services"], evidence["enjeux"]) == (3, 29, 9)
    assert [(one["juror"], one["raw"], one["level"]) for one in evidence["opinions"]] == [
        (seat.pk, str(value), value) for seat, value in zip(room.everyone, (1, 2, 3), strict=True)
    ]
    assert evidence["limits"]["scores"] == [0, 100, 175, 250, 325]
    assert evidence["fragile"]["is_fragile"] is True


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"votes": (2, 0, 0)}, "Les voix font 2"),
        ({"level": 4}, "Le calcul propose 3 @"),
        ({"mentions": ("inconnu",)}, "n’est pas de cette édition"),
        ({"level": 5, "is_ten": True, "reason": "Si"}, "pas possible|pas prouvée"),
        ({"level": 4, "reason": "x" * 501}, "trop long"),
        ({"level": 4, "reason": "  "}, "Le calcul propose"),
    ],
)
def test_a_decision_that_may_not_be_writes_nothing(room, facts, why):
    room.item(0).__class__.objects.update(known=room.item(0).known | {"ten": "not_eligible"})
    room.call(0)
    before, journal = stored(room, 0), ranks(room)

    with pytest.raises(Refused, match=why):
        room.decide(0, **facts)

    assert (stored(room, 0), ranks(room)) == (before, journal)


def test_who_came_in_since_votes_too():
    room = Room()
    room.open([room.president])
    room.call(0)

    set_present(room.members[0], is_present=True, by=room.president.user)

    with pytest.raises(Refused, match="Les voix font 1, et 2"):
        room.decide(0, votes=(1, 0, 0))
    room.decide(0, votes=(2, 0, 0))


def test_a_stale_version_is_a_conflict_and_writes_nothing(room):
    room.call(0)
    item = room.item(0)
    decide(item, a_decision(), version=item.version, by=room.president.user)
    undo(item, by=room.president.user)
    before = stored(room, 0)

    with pytest.raises(Conflict) as conflict:
        decide(item, a_decision(), version=item.version, by=room.president.user)

    assert conflict.value.current.version == before[-1]
    assert stored(room, 0) == before


def test_a_decision_is_undone_without_a_rest(room):
    MentionTheme.objects.create(edition=room.edition, name="Santé", slug="sante")
    room.call(0)
    room.decide(0, 4, mentions=("sante",), reason="Rare")

    item = undo(room.item(0), by=room.president.user)

    assert stored(room, 0) == ("called", None, False, (None, None, None), "", item.version)
    assert item.mentions.count() == 0
    assert last(room)[0] == "undone"


def test_a_postponed_dossier_is_heard_after_all_others(room):
    room.call(0)

    postpone(room.item(0), by=room.president.user)

    order = list(room.sitting.items.order_by("position").values_list("candidacy", flat=True))
    assert order == [room.dossiers[1].pk, room.dossiers[0].pk]
    assert room.call(1).state == "called"


def test_levels_move_together_or_not_at_all(room):
    room.judge(0)
    put(room, 1, "decided")

    with pytest.raises(Refused, match="harmoniser"):
        move(room.edition, moves(*all_of(room)), reason="Harmonie", by=room.president.user)
    assert stored(room, 0)[1] == 3

    room.end(1)
    moved = move(room.edition, moves(*all_of(room)), reason="Harmonie !", by=room.president.user)

    assert [one.level for one in moved] == [4, 4]
    kind, facts = last(room)
    assert (kind, facts["reason"]) == ("moved", "Harmonie\u202f!")
    assert [(one["before"], one["after"]) for one in facts["moves"]] == [(3, 4), (3, 4)]


def test_levels_do_not_move_without_dossier_nor_with_one_of_elsewhere(room):
    room.judge(0)
    elsewhere = Room(year=2031)
    elsewhere.open()
    elsewhere.judge(0)
    own, other = room.item(0), elsewhere.item(0)

    for chosen in ((), (other,), (own, other)):
        with pytest.raises(Refused, match="Choisissez les dossiers"):
            move(room.edition, moves(*chosen), reason="Harmonie", by=room.president.user)

    assert (stored(room, 0)[1], stored(elsewhere, 0)[1]) == (3, 3)


def test_a_dossier_that_the_president_is_tied_to_is_not_moved_by_them():
    room = Room()
    room.tie(room.president, 1)
    room.open()
    room.judge(0)
    room.judge(1, by=room.deputy)

    with pytest.raises(Refused) as refusal:
        move(room.edition, moves(*all_of(room)), reason="Harmonie", by=room.president.user)

    name = room.dossiers[1].collectivity.name
    assert (name in str(refusal.value), stored(room, 0)[1]) == (False, 3)


def test_a_call_says_when(room):
    before = timezone.now()

    assert before <= room.call(0).called_at <= timezone.now()
