"""The minutes are signed off, decisions corrected: by who presided, and nothing that was written changes."""

import json

import pytest

from atlaas.rules.refusal import Conflict, Refused
from jury.models import Entry, Signature
from jury.operations.item import move
from jury.operations.minutes import correct, sign
from jury.queries.journal import minutes_of, verify
from jury.queries.minutes import read_minutes
from jury.rules.item import Move
from labels.models import Award, Candidacy, Edition, MentionTheme
from tests.factories.atlaas import UserFactory, agent_of
from tests.factories.sitting import Room, a_closed_room, a_decision

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return a_closed_room()


def shared(**facts):
    """A closed sitting of which the deputy presided the second dossier."""
    room = Room(**facts)
    room.tie(room.president, 1)
    room.open()
    room.judge(0)
    room.judge(1, by=room.deputy)
    room.close()
    return room


def read(room, seat):
    return read_minutes(room.sitting, seat.user).sha256


def corrected(room, rank=0, level=4, *, by=None, version=None, **facts):
    item = room.item(rank)
    words = {"reason": "Une erreur de saisie"} | facts
    return correct(
        item,
        a_decision(level, **words),
        version=item.version if version is None else version,
        by=(by or room.president).user,
    )


def test_a_signature_is_of_the_text_that_was_read(room):
    digest = minutes_of(room.sitting).sha256

    made = sign(room.edition, read=read(room, room.president), by=room.president.user)

    assert (made.sha256, made.name, made.is_deputy) == (digest, room.president.member.name, False)
    last = Entry.objects.latest("rank")
    facts = json.loads(last.document)["facts"]
    assert (last.kind, facts["sha256"], facts["juror"]) == ("signed", digest, room.president.pk)
    assert minutes_of(room.sitting).sha256 == digest
    assert verify(room.edition) is None


def test_twice_is_once(room):
    acts = [sign(room.edition, read=read(room, room.president), by=room.president.user) for _ in range(2)]

    assert acts[0] == acts[1]
    assert (Signature.objects.count(), Entry.objects.filter(kind="signed").count()) == (1, 1)


def test_a_stale_text_is_a_conflict(room):
    before = read(room, room.president)
    corrected(room)

    with pytest.raises(Conflict) as conflict:
        sign(room.edition, read=before, by=room.president.user)

    assert (conflict.value.current, conflict.value.proposed) == (read(room, room.president), before)
    assert Signature.objects.count() == 0
    sign(room.edition, read=read(room, room.president), by=room.president.user)
    assert Signature.objects.count() == 1


def test_a_correction_asks_for_another_signature(room):
    sign(room.edition, read=read(room, room.president), by=room.president.user)
    corrected(room)

    sign(room.edition, read=read(room, room.president), by=room.president.user)

    assert Signature.objects.values_list("sha256", flat=True).distinct().count() == 2


@pytest.mark.parametrize("state", ["preparing", "open"])
def test_minutes_are_signed_once_the_sitting_is_closed(state):
    room = Room()
    if state == "open":
        room.open()

    with pytest.raises(Refused, match="La séance n’est pas close"):
        sign(room.edition, read="0" * 64, by=room.president.user)


@pytest.mark.parametrize("who", ["deputy", "member", "organiser", "agent", "nobody"])
def test_minutes_are_signed_by_who_presided(room, who):
    """The deputy presided nothing here."""
    by = {
        "deputy": lambda: room.deputy.user,
        "member": lambda: room.members[0].user,
        "organiser": lambda: UserFactory(is_organiser=True),
        "agent": lambda: agent_of(room.dossiers[0].collectivity),
        "nobody": UserFactory,
    }[who]()

    with pytest.raises(Refused, match="Le procès-verbal est signé par"):
        sign(room.edition, read=read_minutes(room.sitting, by).sha256, by=by)

    assert Signature.objects.count() == 0


def test_a_deputy_who_presided_signs_too_and_each_signs_the_whole():
    room = shared()

    for seat in (room.president, room.deputy):
        sign(room.edition, read=read(room, seat), by=seat.user)

    digest = minutes_of(room.sitting).sha256
    assert read(room, room.president) != digest
    rows = set(Signature.objects.values_list("by", "is_deputy", "sha256"))
    assert rows == {(room.president.user.pk, False, digest), (room.deputy.user.pk, True, digest)}


def test_a_correction_is_a_new_line_and_the_awards_follow(room):
    MentionTheme.objects.create(edition=room.edition, name="Santé", slug="sante")
    lines = list(Entry.objects.order_by("rank").values_list("document", flat=True))

    item = corrected(room, mentions=("sante", "sante"), votes=(2, 1, 0), reason="Une erreur !")

    assert (item.state, item.level, item.reason, item.proposed) == ("ended", 4, "Une erreur\u202f!", 3)
    assert list(Entry.objects.order_by("rank").values_list("document", flat=True))[:-1] == lines
    award = Award.objects.get(collectivity=room.dossiers[0].collectivity)
    assert (award.level, award.version, award.mentions.count()) == (4, 2, 1)
    assert Award.objects.get(collectivity=room.dossiers[1].collectivity).version == 1
    assert verify(room.edition) is None
    (first, _) = minutes_of(room.sitting).document["points"]
    assert (first["decision"]["level"], first["corrections"][0]["before"]["level"]) == (4, 3)


def test_a_correction_of_a_level_that_had_moved_keeps_what_stood():
    room = Room(dossiers=1)
    room.open()
    room.judge(0)
    move(
        room.edition,
        {room.item(0).pk: Move(2, room.item(0).version)},
        reason="Harmonie",
        by=room.president.user,
    )
    room.close()

    corrected(room, level=5)

    (point,) = minutes_of(room.sitting).document["points"]
    assert point["corrections"][0]["before"]["level"] == 2
    assert verify(room.edition) is None


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"reason": " "}, "Une correction dit pourquoi"),
        ({"votes": (4, 0, 0)}, "Les voix font 4, et 3"),
        ({"level": 6}, "Choisissez un niveau"),
        ({"mentions": ("inconnu",)}, "n’est pas de cette édition"),
        ({"level": 4, "is_ten": True}, "demande 5 arobases"),
    ],
)
def test_a_correction_follows_the_rules_of_a_decision(room, facts, why):
    with pytest.raises(Refused, match=why):
        corrected(room, **facts)

    assert not Entry.objects.filter(kind="corrected").exists()


@pytest.mark.parametrize("ten", ["eligible", "unproved", "not_eligible"])
def test_a_correction_gives_no_title_that_a_decision_could_not(room, ten):
    item = room.item(0)
    type(item).objects.filter(pk=item.pk).update(known=item.known | {"ten": ten})

    if ten == "not_eligible":
        with pytest.raises(Refused, match="n’est pas possible"):
            corrected(room, level=5, is_ten=True)
        return
    assert corrected(room, level=5, is_ten=True).is_ten
    assert Award.objects.get(collectivity=room.dossiers[0].collectivity).is_ten


def test_a_stale_version_is_a_conflict(room):
    version = room.item(0).version
    corrected(room)

    with pytest.raises(Conflict):
        corrected(room, level=2, version=version)

    assert room.item(0).level == 4


@pytest.mark.parametrize("who", ["deputy", "member", "organiser", "nobody"])
def test_a_decision_is_corrected_by_who_presided_it(room, who):
    by = {"deputy": room.deputy.user, "member": room.members[0].user}.get(who) or UserFactory(
        is_organiser=who == "organiser"
    )
    item = room.item(0)

    with pytest.raises(Refused, match="Seule la personne qui a présidé"):
        correct(item, a_decision(4, reason="Erreur"), version=item.version, by=by)


def test_the_deputy_corrects_what_the_president_is_tied_to():
    room = shared()

    with pytest.raises(Refused, match="Seule la personne qui a présidé"):
        corrected(room, 1, votes=(2, 0, 0))

    assert corrected(room, 1, by=room.deputy, votes=(2, 0, 0)).level == 4


def test_nothing_is_corrected_while_the_sitting_is_open():
    room = Room()
    room.open()
    room.judge(0)

    with pytest.raises(Refused, match="annulez la décision"):
        corrected(room)


def test_a_dossier_that_was_never_decided_is_not_corrected():
    room = Room()
    room.open()
    room.judge(0)
    Candidacy.objects.filter(pk=room.dossiers[1].pk).update(state="withdrawn", filed=None)
    room.close()

    with pytest.raises(Refused, match="On ne peut pas corriger"):
        corrected(room, 1)


def test_nothing_is_corrected_once_the_palmares_is_public(room):
    Edition.objects.filter(pk=room.edition.pk).update(published_at=room.sitting.closed_at)

    with pytest.raises(Refused, match="Le palmarès est public"):
        corrected(room)

    assert (room.item(0).level, Entry.objects.filter(kind="corrected").count()) == (3, 0)
