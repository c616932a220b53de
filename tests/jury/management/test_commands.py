import re

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from jury.models import Entry, Item, Juror, Presence, Sitting
from jury.operations.minutes import sign
from jury.queries.minutes import read_minutes
from labels.rules.snapshot import sha256
from tests.factories.sitting import Room, a_closed_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    """A sitting that was held, of two dossiers, and its minutes signed."""
    room = a_closed_room()
    read = read_minutes(room.sitting, room.president.user).sha256
    sign(room.edition, read=read, by=room.president.user)
    return room


def by_hand(*statements):
    """What someone with the keys of the base could do: no trigger holds them."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for sql, *values in statements:
            cursor.execute(sql, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def answer(capsys, *, holds, year=2030):
    if holds:
        call_command("verify_journal", "--year", str(year))
    else:
        with pytest.raises(CommandError, match="a journal does not hold"):
            call_command("verify_journal", "--year", str(year))
    return capsys.readouterr().out.strip()


def test_a_sitting_that_was_held_holds(room, capsys):
    lines = Entry.objects.count()

    assert answer(capsys, holds=True) == f"2030: {lines} lines, all hold"


def test_every_journal_is_verified_unless_one_is_asked_for(room, capsys):
    other = Room(year=2031)
    other.open()
    by_hand(("UPDATE jury_entry SET sha256 = %s WHERE rank = 2", "f" * 64))

    with pytest.raises(CommandError, match="a journal does not hold"):
        call_command("verify_journal")

    assert [line[:22] for line in capsys.readouterr().out.splitlines()] == [
        "2030: broken at line 2",
        "2031: broken at line 2",
    ]


def test_nothing_to_verify_is_fine_and_an_unknown_edition_is_not(capsys):
    call_command("verify_journal")
    assert capsys.readouterr().out == ""

    with pytest.raises(CommandError, match="the edition 2099 has no journal"):
        call_command("verify_journal", "--year", "2099")


def rewritten(entry, before, after):
    document = re.sub(before, after, entry.document)
    assert document != entry.document
    return document, sha256(document)


@pytest.mark.parametrize("is_rehashed", [False, True])
def test_a_level_rewritten_in_the_journal_is_named(room, capsys, is_rehashed):
    entry = Entry.objects.filter(kind="decided").earliest("rank")
    document, digest = rewritten(entry, '"level":3', '"level":5')

    by_hand(
        (
            "UPDATE jury_entry SET document = %s, sha256 = %s WHERE id = %s",
            document,
            digest if is_rehashed else entry.sha256,
            entry.pk,
        )
    )

    rank, why = (
        (entry.rank + 1, "it does not follow the line before")
        if is_rehashed
        else (entry.rank, "its document is not the one that was hashed")
    )
    assert answer(capsys, holds=False) == f"2030: broken at line {rank}: {why}"


def test_a_line_taken_out_is_named(room, capsys):
    by_hand(("DELETE FROM jury_entry WHERE rank = 3",))

    assert answer(capsys, holds=False) == "2030: broken at line 4: rank 3 is missing"


def test_the_last_line_taken_out_is_told_by_what_it_wrote(room, capsys):
    lines = Entry.objects.count()

    by_hand(("DELETE FROM jury_entry WHERE rank = %s", lines))

    assert answer(capsys, holds=False) == (
        f"2030: broken at line {lines - 1}: the signatures are not what the journal says"
    )


def test_two_lines_swapped_are_named(room, capsys):
    by_hand(
        ("UPDATE jury_entry SET rank = 1000 WHERE rank = 3",),
        ("UPDATE jury_entry SET rank = 3 WHERE rank = 4",),
        ("UPDATE jury_entry SET rank = 4 WHERE rank = 1000",),
    )

    assert answer(capsys, holds=False) == (
        "2030: broken at line 3: its columns do not say what its document says"
    )


def test_a_line_that_is_no_document_is_named(room, capsys):
    by_hand(("UPDATE jury_entry SET document = 'x', sha256 = %s WHERE rank = 3", sha256("x")))

    assert answer(capsys, holds=False) == "2030: broken at line 3: its document is no line of a journal"


@pytest.mark.parametrize(
    "change",
    [
        {"level": 5},
        {"level": 5, "is_ten": True},
        {"votes_for": 2, "abstentions": 1},
        {"reason": "Autre"},
        {"proposed": 1},
        {"is_fragile": True},
        {
            "state": "waiting",
            "level": None,
            "votes_for": None,
            "votes_against": None,
            "abstentions": None,
        },
    ],
)
def test_a_dossier_changed_in_its_table_is_told(room, capsys, change):
    Item.objects.filter(pk=room.item(1).pk).update(**change)

    code, lines = room.dossiers[1].collectivity.code, Entry.objects.count()
    assert answer(capsys, holds=False) == (
        f"2030: broken at line {lines}: {code} stands otherwise than the journal says"
    )


def test_a_dossier_taken_off_the_agenda_is_told(room, capsys):
    Item.objects.filter(pk=room.item(1).pk).delete()

    assert answer(capsys, holds=False).endswith("the agenda is not the one that the journal opened")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"state": "open", "closed_at": None}, "the state of the sitting is"),
        ({"habits": {"common": ["1", "1"]}}, "the habits of the members are"),
        ({"deputy": None}, "the deputy is"),
    ],
)
def test_a_sitting_changed_in_its_table_is_told(room, capsys, change, why):
    Sitting.objects.filter(pk=room.sitting.pk).update(**change)

    assert answer(capsys, holds=False).endswith(f": {why} not what the journal says")


def test_someone_put_in_the_room_by_hand_is_told(capsys):
    room = Room()
    room.open([room.president])
    Presence.objects.create(
        sitting=room.sitting, juror=Juror.objects.get(pk=room.deputy.pk), since=room.sitting.opened_at
    )

    assert answer(capsys, holds=False).endswith("who is in the room is not what the journal says")
