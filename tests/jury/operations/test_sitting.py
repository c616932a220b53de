"""Verbs of the closed day: who may, from which state, and what they write."""

import datetime as dt
import json

import pytest
from django.utils import timezone

from atlaas.rules.refusal import Refused
from jury.models import Entry, Item, Juror, Presence, Sitting
from jury.operations.sitting import close_sitting, open_sitting, set_deputy, set_present
from labels.models import Award, Candidacy, Extension, MentionTheme
from tests.factories.atlaas import UserFactory, agent_of
from tests.factories.jury import a_juror
from tests.factories.sitting import Room, handed_in

pytestmark = pytest.mark.django_db
STRANGERS = ("member", "deputy", "organiser", "agent", "nobody", "inactive", "undeclared", "elsewhere")


@pytest.fixture
def room():
    return Room()


def stranger(room, who):
    """Someone who does not preside the jury; some of them nearly do."""
    if who == "inactive":
        room.president.user.is_active = False
        room.president.user.save()
        return room.president.user
    if who == "undeclared":
        Juror.objects.filter(pk=room.president.pk).update(declared_at=None)
        return room.president.user
    return {
        "member": lambda: room.members[0].user,
        "deputy": lambda: room.deputy.user,
        "organiser": lambda: UserFactory(is_organiser=True, is_staff=True),
        "agent": lambda: agent_of(room.dossiers[0].collectivity),
        "nobody": UserFactory,
        "elsewhere": lambda: Room(year=2031, dossiers=0, members=0).president.user,
    }[who]()


def kinds(room):
    return list(Entry.objects.filter(sitting__edition=room.edition).values_list("kind", flat=True))


def facts(room):
    """Of the last line of the journal."""
    return json.loads(room.sitting.entries.latest("rank").document)["facts"]


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("verb", ["open", "come", "go", "deputy", "close"])
def test_only_who_presides_and_has_declared_conducts_the_sitting(room, who, verb):
    if verb != "open":
        room.open([room.president, room.deputy])
    by, before = stranger(room, who), kinds(room)
    acts = {
        "open": lambda: open_sitting(room.edition, [room.president.pk], by=by),
        "come": lambda: set_present(room.members[0], is_present=True, by=by),
        "go": lambda: set_present(room.deputy, is_present=False, by=by),
        "deputy": lambda: set_deputy(room.members[0], by=by),
        "close": lambda: close_sitting(room.edition, by=by),
    }

    with pytest.raises(Refused, match="Seule la personne qui préside le jury"):
        acts[verb]()

    assert kinds(room) == before


def test_an_opening_settles_the_agenda_and_who_is_there(room):
    handed_in(room.president, room.dossiers[0], 4)
    handed_in(room.deputy, room.dossiers[0], 2)
    stranger_ = a_juror(room.edition, declared_at=None)

    sitting = room.open([room.president, room.members[0], stranger_])

    assert (sitting.state, sitting.closed_at) == ("open", None)
    assert sorted(sitting.habits) == sorted(["common", str(room.president.pk), str(room.deputy.pk)])
    inside = set(Presence.objects.values_list("juror", "since", "until"))
    assert inside == {(one.pk, sitting.opened_at, None) for one in (room.president, room.members[0])}
    rows = list(Item.objects.values_list("position", "state", "candidacy"))
    assert rows == [
        (rank, "waiting", one.pk)
        for rank, one in enumerate(sorted(room.dossiers, key=lambda one: one.collectivity.sort_key), 1)
    ]
    assert kinds(room) == ["deputy", "opened"]
    told = facts(room)
    assert [one["dossier"] for one in told["agenda"]] == [str(row[2]) for row in rows]
    assert {one["juror"] for one in told["present"]} == {room.president.pk, room.members[0].pk}
    assert told["habits"] == sitting.habits


def test_an_opening_hears_together_the_dossiers_that_empty_the_room():
    room = Room(dossiers=5)
    for rank in (0, 2, 4):
        room.tie(room.members[0], rank)

    room.open()

    order = [room.dossiers.index(one.candidacy) for one in Item.objects.select_related("candidacy")]
    places = sorted(order.index(rank) for rank in (0, 2, 4))
    assert places[2] - places[0] == 2


def test_a_sitting_without_scores_opens(room):
    assert room.open().habits == {}


def test_a_sitting_does_not_open_while_someone_may_still_file(room):
    until = timezone.now() + dt.timedelta(hours=1)
    extension = Extension.objects.create(
        candidacy=room.dossiers[0], until=until, reason="Panne", by=UserFactory()
    )

    with pytest.raises(Refused, match="Un délai accordé"):
        room.open()

    Extension.objects.filter(pk=extension.pk).update(ended_at=timezone.now())
    assert room.open().state == "open"


@pytest.mark.parametrize("present", ["nobody", "undeclared", "left", "elsewhere"])
def test_a_sitting_does_not_open_with_nobody_in_the_room(room, present):
    seats = {
        "nobody": list,
        "undeclared": lambda: [a_juror(room.edition, declared_at=None)],
        "left": lambda: [a_juror(room.edition, left_at=timezone.now())],
        "elsewhere": lambda: [Room(year=2031, dossiers=0, members=0).president],
    }

    with pytest.raises(Refused, match="Personne n’est noté présent"):
        room.open(seats[present]())

    assert (Item.objects.count(), room.sitting.state) == (0, "preparing")


def test_a_sitting_does_not_open_with_nothing_to_judge():
    with pytest.raises(Refused, match="Aucun dossier"):
        Room(dossiers=0).open()


def test_a_sitting_opens_once_and_closes_once(room):
    with pytest.raises(Refused, match="en préparation"):
        room.close()
    room.open()
    with pytest.raises(Refused, match="On ne peut pas ouvrir"):
        room.open()
    for rank in (0, 1):
        room.judge(rank)
    room.close()

    for again in (room.open, room.close):
        with pytest.raises(Refused, match="« close »"):
            again()
    assert kinds(room).count("opened") == kinds(room).count("closed") == 1


def test_someone_comes_and_goes_and_each_is_written_once(room):
    room.open([room.president])
    member = room.members[0]

    for is_present in (False, True, True, False, False, True):
        set_present(member, is_present=is_present, by=room.president.user)

    assert kinds(room)[2:] == ["arrived", "left", "arrived"]
    assert facts(room)["juror"] == member.pk
    rows = list(Presence.objects.filter(juror=member).values_list("until", flat=True))
    assert [until is None for until in rows] == [False, True]


@pytest.mark.parametrize("state", ["preparing", "closed"])
def test_nobody_comes_nor_goes_unless_the_sitting_is_open(room, state):
    if state == "closed":
        room.open()
        room.judge(0)
        room.judge(1)
        room.close()

    for is_present in (True, False):
        with pytest.raises(Refused, match="n’est pas ouverte" if state == "preparing" else "est close"):
            set_present(room.members[0], is_present=is_present, by=room.president.user)


@pytest.mark.parametrize("lacks", [{"declared_at": None}, {"left_at": timezone.now()}])
def test_who_has_not_declared_or_has_left_does_not_come_in_and_presides_nothing(room, lacks):
    """What was read before is not believed: the seat is read again."""
    room.open([room.president])
    stale = room.members[0]
    Juror.objects.filter(pk=stale.pk).update(**lacks)

    with pytest.raises(Refused, match="n’a pas déclaré"):
        set_present(stale, is_present=True, by=room.president.user)
    with pytest.raises(Refused, match="Choisissez un autre membre"):
        set_deputy(stale, by=room.president.user)


def test_who_left_the_jury_while_in_the_room_no_longer_votes_and_can_be_seen_out(room):
    room.open()
    Juror.objects.filter(pk=room.members[0].pk).update(left_at=timezone.now())

    room.call(0)
    room.decide(0, votes=(2, 0, 0))

    assert [one["juror"] for one in facts(room)["present"]] == [room.president.pk, room.deputy.pk]
    set_present(room.members[0], is_present=False, by=room.president.user)
    assert not Presence.objects.filter(juror=room.members[0], until=None).exists()


def test_a_deputy_is_named_before_the_day_and_changed_during_it(room):
    set_deputy(room.deputy, by=room.president.user)
    assert kinds(room) == ["deputy"]
    room.open()

    set_deputy(room.members[0], by=room.president.user)

    assert room.sitting.deputy == room.members[0]
    assert facts(room)["name"] == room.members[0].member.name
    with pytest.raises(Refused, match="Choisissez un autre membre"):
        set_deputy(room.president, by=room.president.user)


def test_a_deputy_does_not_change_once_the_sitting_is_closed(room):
    room.open()
    room.judge(0)
    room.judge(1)
    room.close()

    with pytest.raises(Refused, match="la suppléance ne change plus"):
        set_deputy(room.members[0], by=room.president.user)


@pytest.mark.parametrize("state", ["waiting", "called", "decided"])
def test_a_sitting_does_not_close_while_something_is_open(room, state):
    room.open()
    room.judge(0)
    if state != "waiting":
        room.call(1)
    if state == "decided":
        room.decide(1)

    with pytest.raises(Refused) as refusal:
        room.close()

    name = room.dossiers[1].collectivity.name
    assert str(refusal.value) == f"1\u00a0dossier n’a pas de décision close : {name}."
    assert (room.sitting.state, Award.objects.count()) == ("open", 0)


def test_what_the_president_may_not_know_of_is_never_named(room):
    room.tie(room.president, 1)
    room.open()
    room.judge(0)

    with pytest.raises(Refused) as refusal:
        room.close()

    assert room.dossiers[1].collectivity.name not in str(refusal.value)
    assert "que préside la suppléance" in str(refusal.value)
    room.judge(1, by=room.deputy)
    assert room.close().state == "closed"


def test_a_closing_proposes_the_awards_that_were_decided(room):
    theme = MentionTheme.objects.create(edition=room.edition, name="Santé", slug="sante")
    other = MentionTheme.objects.create(edition=room.edition, name="Art", slug="art")
    room.open()
    room.judge(0, mentions=("sante", "art", "sante"))
    room.judge(1, 4, reason="Un effort rare")

    closed = room.close()

    won = {one.collectivity_id: one for one in Award.objects.filter(edition=room.edition)}
    first, second = (won[one.collectivity_id] for one in room.dossiers)
    assert [(one.level, one.category, one.is_ten, one.level_is_certain) for one in (first, second)] == [
        (3, "ville", False, True),
        (4, "ville", False, True),
    ]
    assert set(first.mentions.values_list("theme", flat=True)) == {theme.pk, other.pk}
    assert second.mentions.count() == 0
    assert not Presence.objects.filter(until=None).exists()
    assert set(Presence.objects.values_list("until", flat=True)) == {closed.closed_at}
    told = facts(room)
    assert [one["code"] for one in told["awards"]] == [one.collectivity.code for one in room.dossiers]
    assert len(told["present"]) == 3


def test_a_candidacy_withdrawn_since_wins_nothing_and_keeps_nobody_waiting(room):
    room.open()
    room.judge(0)
    Candidacy.objects.filter(pk__in=[one.pk for one in room.dossiers]).update(state="withdrawn", filed=None)

    room.close()

    assert Award.objects.count() == 0


def test_nothing_is_public_before_the_palmares(room):
    room.open()
    room.judge(0)
    room.judge(1)
    room.close()

    assert (Award.objects.count(), Award.objects.visible_to(None).count()) == (2, 0)


def test_a_sitting_is_one_an_edition(room):
    assert Sitting.objects.filter(edition=room.edition).count() == 1
