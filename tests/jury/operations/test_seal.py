"""Sealing takes what the jury decided, once, whole, and writes the digest in the journal."""

import json

import pytest
from django.db import transaction

from atlaas.models import Job
from atlaas.operations import job
from atlaas.rules.refusal import Refused
from jury.models import Entry, Item
from jury.operations.minutes import correct
from jury.operations.seal import ask, seal
from jury.queries.journal import minutes_of, verify
from jury.rules.replay import File, replayed
from labels.models import Award, Seal, StatisticsRun
from tests.factories.atlaas import UserFactory
from tests.factories.campaign import open_edition
from tests.factories.seal import SignedRoom, a_sealed_room
from tests.factories.sitting import Room, a_closed_room, a_decision

pytestmark = pytest.mark.django_db


def file_of(made):
    stored = Seal.objects.get(pk=made.pk)
    return File(json.loads(stored.bundle), stored.sha256, json.loads(stored.annex))


def test_what_is_sealed_replays_to_its_digest():
    room = SignedRoom(levels=(5, 2), themes=("art", "sante"))

    made = room.seal()

    assert replayed(file_of(made), sha256=made.sha256) == replayed(file_of(made))
    assert (replayed(file_of(made)).sha256, replayed(file_of(made)).why) == (made.sha256, "")
    bundle = file_of(made).bundle
    codes = [one.collectivity.code for one in room.dossiers]
    assert {code: (one["level"], one["mentions"]) for code, one in bundle["inputs"]["awards"].items()} == {
        codes[0]: (5, ["art", "sante"]),
        codes[1]: (2, []),
    }
    assert bundle["outputs"]["statistics"]["FR - all all"]["laureates"] == 2
    assert bundle["outputs"]["ten"].keys() == {codes[0]}
    assert StatisticsRun.objects.filter(edition=room.edition).exists()


def test_the_digest_is_a_line_of_the_journal_and_leaves_the_signature():
    room = SignedRoom()
    minutes = minutes_of(room.sitting).sha256

    made = room.seal()

    last = Entry.objects.latest("rank")
    assert (last.kind, json.loads(last.document)["facts"]["sha256"]) == ("sealed", made.sha256)
    assert minutes_of(room.sitting).sha256 == minutes
    assert verify(room.edition) is None


def test_jurors_are_keys_and_nobodys_name():
    room = a_sealed_room()

    stored = Seal.objects.get(edition=room.edition)

    told = stored.bundle + stored.annex
    assert [one.member.name for one in room.everyone if one.member.name in told] == []
    assert [one.user.email for one in room.everyone if one.user.email in told] == []
    assert "Essai" not in told  # a reason is free text


def test_twice_is_once():
    room = SignedRoom()

    first, again = room.seal(), seal(room.edition, by=UserFactory(is_organiser=True))

    assert (first.pk, first.sha256) == (again.pk, again.sha256)
    assert (Seal.objects.count(), Entry.objects.filter(kind="sealed").count()) == (1, 1)


def test_two_seals_of_the_same_world_have_two_digests():
    """The salt keeps a guess from being confirmed."""
    room = SignedRoom()
    digests = set()
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            with_rollback(room, digests)

    assert len(digests) == 2


def with_rollback(room, digests):
    with transaction.atomic():
        digests.add(seal(room.edition, by=room.team).sha256)
        raise ZeroDivisionError


def preparing():
    return Room().edition


def opened():
    room = Room()
    room.open()
    return room.edition


def unsigned():
    return a_closed_room().edition


def corrected():
    room = SignedRoom()
    item = room.item(0)
    correct(item, a_decision(4, reason="Erreur"), version=item.version, by=room.president.user)
    return room.edition


def broken():
    room = SignedRoom()
    Item.objects.filter(pk=room.item(0).pk).update(level=1)
    return room.edition


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (open_edition, "La séance du jury n’est pas close"),
        (preparing, "La séance du jury n’est pas close"),
        (opened, "La séance du jury n’est pas close"),
        (unsigned, "Le procès-verbal n’est pas signé"),
        (corrected, "Le procès-verbal n’est pas signé"),
        (broken, "Le journal de la séance ne tient pas"),
    ],
)
@pytest.mark.parametrize("verb", [ask, seal])
def test_what_is_not_ready_is_not_sealed(state, why, verb):
    edition = state()

    with pytest.raises(Refused, match=why):
        verb(edition, by=UserFactory(is_organiser=True))

    assert (Seal.objects.count(), Job.objects.filter(kind="seal").count()) == (0, 0)


@pytest.mark.parametrize("who", ["president", "nobody"])
def test_organisers_alone_seal(who):
    room = SignedRoom()
    by = room.president.user if who == "president" else UserFactory()

    for verb in (ask, seal):
        with pytest.raises(Refused, match="Seule l’équipe"):
            verb(room.edition, by=by)

    assert Seal.objects.count() == 0


def test_awards_that_are_not_the_decisions_are_not_sealed():
    room = SignedRoom()
    Award.objects.filter(pk=room.award(0).pk).update(level=1)

    with pytest.raises(Refused, match="ne sont pas celles des décisions"):
        seal(room.edition, by=room.team)

    assert Entry.objects.filter(kind="sealed").count() == 0


def test_a_worker_seals_what_was_asked():
    room = SignedRoom()
    for _ in range(2):
        ask(room.edition, by=room.team)

    job.run_pending()

    assert Seal.objects.get().by == room.team
    assert list(Job.objects.filter(kind="seal").values_list("state", "error")) == [("done", "")]


def test_a_decision_is_no_longer_corrected_once_sealed():
    room = a_sealed_room()
    item = room.item(0)

    with pytest.raises(Refused, match="Le palmarès est scellé"):
        correct(item, a_decision(4, reason="Erreur"), version=item.version, by=room.president.user)

    assert (room.item(0).level, Entry.objects.filter(kind="corrected").count()) == (3, 0)
