"""The agenda once the sitting is open: what is filed since is added, what is withdrawn is set aside, by who presides it."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from atlaas.rules.refusal import Conflict, Refused
from jury.models import Item
from jury.operations.agenda import add, set_aside
from jury.operations.item import call, decide, end, move, postpone, undo
from jury.operations.sitting import set_present
from jury.queries.evidence import evidence_of
from jury.queries.journal import minutes_of, verify
from jury.rules.item import Move
from labels.models import Award, Candidacy, Extension, MentionTheme, Snapshot
from tests.factories.atlaas import UserFactory, agent_of
from tests.factories.campaign import CandidacyFactory
from tests.factories.sitting import Room, a_decision, a_dossier

pytestmark = pytest.mark.django_db
STATES = {"waiting": 0, "called": 1, "decided": 2, "ended": 3}
INSIDE = "Vous n’êtes pas dans la salle"


@pytest.fixture
def room():
    room = Room()
    room.open()
    return room


def late(room, **facts):
    """A dossier filed since the opening, the last of the room's."""
    room.dossiers.append(a_dossier(room.edition, **facts))
    return room.dossiers[-1]


def withdraw(room, rank):
    Candidacy.objects.filter(pk=room.dossiers[rank].pk).update(state="withdrawn", filed=None)


def file_again(room, rank):
    """Another filing, of one service more: answers its number."""
    dossier = room.dossiers[rank]
    first = dossier.snapshots.get()
    again = Snapshot.objects.create(
        candidacy=dossier,
        rank=2,
        number="2030-encore",
        document=first.document,
        sha256=first.sha256,
        by=first.by,
        arrived_at=timezone.now(),
    )
    Candidacy.objects.filter(pk=dossier.pk).update(state="filed", filed=again)
    return again.number


def put(room, rank, state, by=None):
    for act in (room.call, room.decide, room.end)[: STATES[state]]:
        act(rank, by=by)


def last(room):
    entry = room.sitting.entries.latest("rank")
    return entry.kind, json.loads(entry.document)["facts"]


def lines(room):
    return list(room.sitting.entries.values_list("kind", flat=True))


def test_a_late_dossier_is_heard_after_all_others_and_lets_the_sitting_close(room):
    room.judge(0)
    room.judge(1)
    dossier = late(room, services=60, enjeux=12)
    with pytest.raises(Refused, match="n’a pas de décision close"):
        room.close()

    item = add(dossier, by=room.president.user)

    assert (item.position, item.state) == (3, "waiting")
    assert (item.known["services"], item.known["enjeux"]) == (60, 12)
    kind, facts = last(room)
    assert (kind, facts["dossier"], facts["category"]) == ("added", str(dossier.pk), dossier.category)
    room.judge(2, reason="Lu le jour même")
    room.close()
    assert (Award.objects.count(), verify(room.edition)) == (3, None)
    assert [one["added_at"] != [] for one in minutes_of(room.sitting).document["points"]] == [
        False,
        False,
        True,
    ]


def test_what_is_known_of_a_late_dossier_is_frozen_when_it_is_added(room):
    dossier = late(room)
    item = add(dossier, by=room.president.user)
    number = item.known["filing"]["number"]

    file_again(room, 2)

    assert room.item(2).is_filed_again
    assert evidence_of(room.item(2), room.sitting).filing == number


def test_what_is_judged_is_what_was_filed_when_it_came_on_the_agenda(room):
    number = room.dossiers[0].filed.number
    assert not room.item(0).is_filed_again

    file_again(room, 0)
    put(room, 0, "decided")

    assert room.item(0).is_filed_again
    assert last(room)[1]["evidence"]["filing"] == number


def test_twice_is_once(room):
    dossier = late(room)
    acts = [add(dossier, by=room.president.user) for _ in range(2)]
    withdraw(room, 0)
    gone = [set_aside(room.item(0), by=room.president.user) for _ in range(2)]

    assert (acts[0], gone[0]) == (acts[1], gone[1])
    assert lines(room)[-2:] == ["added", "set_aside"]
    assert lines(room).count("added") == 1


def test_what_is_not_filed_is_not_added(room):
    draft = CandidacyFactory(edition=room.edition)

    with pytest.raises(Refused, match="n’est pas déposé"):
        add(draft, by=room.president.user)

    assert Item.objects.count() == 2


@pytest.mark.parametrize("state", ["preparing", "closed"])
def test_the_agenda_changes_while_the_sitting_is_open(state):
    room = Room(dossiers=1)
    if state == "closed":
        room.open()
        room.judge(0)
        room.close()
    dossier = late(room)

    with pytest.raises(Refused, match="n’est pas ouverte" if state == "preparing" else "est close"):
        add(dossier, by=room.president.user)


@pytest.mark.parametrize("who", ["deputy", "member", "organiser", "agent", "nobody"])
def test_only_who_presides_the_dossier_changes_the_agenda(room, who):
    dossier = late(room)
    withdraw(room, 0)
    by = {
        "deputy": lambda: room.deputy.user,
        "member": lambda: room.members[0].user,
        "organiser": lambda: UserFactory(is_organiser=True),
        "agent": lambda: agent_of(dossier.collectivity),
        "nobody": UserFactory,
    }[who]()
    before = lines(room)

    for act in (lambda: add(dossier, by=by), lambda: set_aside(room.item(0), by=by)):
        with pytest.raises(Refused):
            act()

    assert (lines(room), Item.objects.count()) == (before, 2)


def test_the_deputy_adds_and_sets_aside_what_the_president_is_tied_to(room):
    dossier = late(room)
    room.tie(room.president, 2)
    with pytest.raises(Refused) as refusal:
        add(dossier, by=room.president.user)
    assert dossier.collectivity.name not in str(refusal.value)

    add(dossier, by=room.deputy.user)
    withdraw(room, 2)

    assert set_aside(room.item(2), by=room.deputy.user).state == "aside"
    assert verify(room.edition) is None


@pytest.mark.parametrize("state", STATES)
def test_a_withdrawn_dossier_is_set_aside_wherever_it_stands(room, state):
    MentionTheme.objects.create(edition=room.edition, name="Santé", slug="sante")
    room.call(0)
    if state == "waiting":
        postpone(room.item(0), by=room.president.user)
    elif state != "called":
        room.decide(0, 4, mentions=("sante",), reason="Rare")
    if state == "ended":
        room.end(0)
    withdraw(room, 0)

    item = set_aside(room.item(0), by=room.president.user)

    assert (item.state, item.level, item.votes_for, item.reason) == (
        "aside",
        None,
        None,
        "retirée par la collectivité",
    )
    assert item.mentions.count() == 0
    kind, facts = last(room)
    assert (kind, facts["reason"]) == ("set_aside", "retirée par la collectivité")
    room.judge(1)
    room.close()
    assert [one.collectivity for one in Award.objects.all()] == [room.dossiers[1].collectivity]
    told = minutes_of(room.sitting).document["points"]
    assert [bool(one["set_aside"]) for one in told if one["dossier"] == str(room.dossiers[0].pk)] == [True]
    assert verify(room.edition) is None


def test_what_is_judged_still_is_not_set_aside(room):
    with pytest.raises(Refused, match="n’est pas retirée"):
        set_aside(room.item(0), by=room.president.user)

    assert room.item(0).state == "waiting"


def test_nothing_happens_to_a_withdrawn_dossier_but_to_be_set_aside(room):
    by = room.president.user
    for state, act in (
        ("waiting", lambda item: call(item, by=by)),
        ("called", lambda item: postpone(item, by=by)),
        ("called", lambda item: decide(item, a_decision(), version=item.version, by=by)),
        ("decided", lambda item: undo(item, by=by)),
        ("decided", lambda item: end(item, by=by)),
        ("ended", lambda item: move(room.edition, {item.pk: Move(4, item.version)}, reason="Oui", by=by)),
    ):
        if state != room.item(0).state:
            {"called": room.call, "decided": room.decide, "ended": room.end}[state](0)
        snapshot = room.dossiers[0].snapshots.get()
        withdraw(room, 0)

        with pytest.raises(Refused, match="a retiré sa candidature"):
            act(room.item(0))

        Candidacy.objects.filter(pk=room.dossiers[0].pk).update(state="filed", filed=snapshot)


@pytest.mark.parametrize("state", ["called", "decided"])
def test_a_dossier_withdrawn_on_the_table_is_in_nobody_s_way(room, state):
    put(room, 0, state)
    withdraw(room, 0)

    room.call(1)

    assert [room.item(rank).state for rank in (0, 1)] == ["aside", "called"]
    assert lines(room)[-2:] == ["set_aside", "called"]
    assert verify(room.edition) is None


def test_the_closing_sets_aside_what_nobody_did():
    """What the president is tied to as well: the journal tells it, their minutes do not."""
    room = Room(dossiers=3)
    room.tie(room.president, 2)
    room.open()
    room.judge(0)
    for rank in (1, 2):
        withdraw(room, rank)

    room.close()

    assert [room.item(rank).state for rank in (0, 1, 2)] == ["ended", "aside", "aside"]
    assert lines(room)[-3:] == ["set_aside", "set_aside", "closed"]
    assert verify(room.edition) is None


def test_a_dossier_filed_again_after_it_was_set_aside_comes_back_as_new(room):
    put(room, 0, "decided")
    withdraw(room, 0)
    set_aside(room.item(0), by=room.president.user)
    number = file_again(room, 0)
    room.judge(1)
    with pytest.raises(Refused, match="n’a pas de décision close"):
        room.close()

    item = add(room.dossiers[0], by=room.president.user)

    assert (item.state, item.position, item.reason, item.called_at) == ("waiting", 3, "", None)
    assert (item.proposed, item.is_fragile, item.known["filing"]["number"]) == (None, False, number)
    room.judge(0)
    room.close()
    assert (Award.objects.count(), verify(room.edition)) == (2, None)


def test_the_sitting_stays_open_while_someone_may_still_file(room):
    room.judge(0)
    room.judge(1)
    until = timezone.now() + dt.timedelta(hours=1)
    extension = Extension.objects.create(
        candidacy=CandidacyFactory(edition=room.edition), until=until, reason="Panne", by=UserFactory()
    )

    with pytest.raises(Refused, match="Un délai accordé"):
        room.close()

    Extension.objects.filter(pk=extension.pk).update(ended_at=timezone.now())
    assert room.close().state == "closed"


def test_who_presides_is_in_the_room_or_lets_the_deputy_preside(room):
    room.judge(0)
    set_present(room.president, is_present=False, by=room.president.user)
    item = room.item(0)

    for act in (
        lambda: room.call(1),
        room.close,
        lambda: move(room.edition, {item.pk: Move(4, item.version)}, reason="Oui", by=room.president.user),
    ):
        with pytest.raises(Refused, match=INSIDE):
            act()
    room.judge(1, by=room.deputy)
    set_present(room.president, is_present=True, by=room.president.user)

    assert room.close().state == "closed"


def test_a_deputy_who_is_not_in_the_room_presides_nothing():
    room = Room()
    room.tie(room.president, 0)
    room.open([room.president, room.members[0]])

    with pytest.raises(Refused, match="n’est pas présidé par vous"):
        room.call(0, by=room.deputy)

    set_present(room.deputy, is_present=True, by=room.president.user)
    assert room.call(0, by=room.deputy).state == "called"


def test_levels_that_changed_since_they_were_read_are_a_conflict_and_none_moves(room):
    room.judge(0)
    room.judge(1)
    items = [room.item(rank) for rank in (0, 1)]
    read = {one.pk: Move(4, one.version) for one in items}
    move(room.edition, {items[0].pk: Move(2, items[0].version)}, reason="Avant", by=room.president.user)

    with pytest.raises(Conflict) as conflict:
        move(room.edition, read, reason="Après", by=room.president.user)

    assert ([one.pk for one in conflict.value.current], conflict.value.proposed) == ([items[0].pk], read)
    assert [room.item(rank).level for rank in (0, 1)] == [2, 3]
    assert lines(room).count("moved") == 1
