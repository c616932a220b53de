"""A hundred alterations of what is stored, made behind the triggers: each is found, and the row named."""

import json
import random

import pytest
from django.db import connection, transaction

from jury.models import Entry, Item
from jury.queries.journal import verify
from labels.models import Award, AwardCorrection, Mention, Seal
from labels.operations.correction import correct
from labels.queries.seal import awards_differ
from labels.rules.correction import Told
from tests.factories.seal import a_sealed_room

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    """Three awards, one of them corrected."""
    made = a_sealed_room(levels=(5, 3, 2), themes=("art", "sante"))
    correct(made.award(2), Told(3, is_ten=False), version=1, reason="Une erreur", by=made.team)
    return made


def behind(change):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        change()
        cursor.execute("SET LOCAL session_replication_role = origin")


def gone(award):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM labels_mention WHERE award_id = %s", [award.pk])
        cursor.execute("DELETE FROM labels_award WHERE id = %s", [award.pk])


def an_item(room, chance):
    """A column of a decision."""
    item = chance.choice(list(Item.objects.order_by("position")))
    name, value = chance.choice(
        [
            ("level", item.level % 5 + 1),
            ("votes_for", item.votes_for + 1),
            ("abstentions", item.abstentions + 1),
            ("reason", item.reason + "x"),
            ("proposed", item.proposed % 5 + 1),
            ("is_fragile", not item.is_fragile),
        ]
    )
    behind(lambda: Item.objects.filter(pk=item.pk).update(**{name: value}))
    return item.candidacy.collectivity.code


def an_entry(room, chance):
    """One sign of a line of the journal, or its digest."""
    entry = chance.choice(list(Entry.objects.order_by("rank")))
    place = chance.randrange(len(entry.document))
    sign = "x" if entry.document[place] != "x" else "y"
    changes = chance.choice(
        [{"document": entry.document[:place] + sign + entry.document[place + 1 :]}, {"sha256": "f" * 64}]
    )
    behind(lambda: Entry.objects.filter(pk=entry.pk).update(**changes))
    return entry.rank


def an_award(room, chance):
    """A column of an award, a mention more or less, a line more or less."""
    award = chance.choice(list(Award.objects.filter(edition=room.edition).order_by("pk")))
    kind = chance.choice(["level", "category", "is_ten", "mention", "gone"])
    if kind == "mention":
        theme = room.edition.themes.get(slug=chance.choice(["art", "sante"]))
        had = Mention.objects.filter(award=award, theme=theme)
        behind(had.delete if had.exists() else lambda: Mention.objects.create(award=award, theme=theme))
    elif kind == "gone":
        behind(lambda: gone(award))
    else:
        value = {"level": award.level % 5 + 1, "category": "village", "is_ten": not award.is_ten}[kind]
        more = {"level": 5} if kind == "is_ten" and award.level != 5 else {}
        behind(lambda: Award.objects.filter(pk=award.pk).update(**{kind: value}, **more))
    return award.collectivity.code


def told(room, alter, seed):
    """What was altered, and the break that was found; then all stands as before."""
    with transaction.atomic():
        what = alter(room, random.Random(seed))
        found = verify(room.edition)
        transaction.set_rollback(True)
    return what, found


def test_a_hundred_alterations_are_found_and_the_row_named(room):
    """Of decisions, of lines of the journal, of awards."""
    for seed in range(40):
        code, found = told(room, an_item, seed)
        assert found.why == f"{code} stands otherwise than the journal says", seed
    for seed in range(20):
        rank, found = told(room, an_entry, seed)
        assert found.rank == rank, seed
    for seed in range(40):
        code, found = told(room, an_award, seed)
        assert found.why.startswith(f"an award is not the one that was sealed: awards.{code}"), seed
    assert verify(room.edition) is None


def test_a_correction_that_was_altered_is_found(room):
    behind(lambda: AwardCorrection.objects.update(before={"level": 4, "is_ten": False, "mentions": []}))

    code = room.dossiers[2].collectivity.code
    assert awards_differ(room.edition).endswith(f".{code}.level: told 4, computed 2")


def test_a_seal_that_was_changed_is_not_the_one_of_the_journal(room):
    behind(lambda: Seal.objects.update(sha256="f" * 64))

    assert verify(room.edition).why == "the seal of the palmarès is not what the journal says"


def test_what_was_not_altered_holds(room):
    assert (verify(room.edition), awards_differ(room.edition)) == (None, "")
    assert json.loads(Entry.objects.latest("rank").document)["facts"]["sha256"] == Seal.objects.get().sha256
