"""What PostgreSQL refuses of the journal and of the signatures of a sitting."""

import pytest
from django.db import DatabaseError, connection, transaction

from jury.models import Entry, Signature
from labels.models import Edition
from tests.factories.sitting import Room
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
DIGEST = "0" * 64
TABLES = ("jury_entry", "jury_signature")


@pytest.fixture
def room():
    """A sitting of which the journal has a line (the deputy's) and somebody signed."""
    room = Room(dossiers=0, members=0)
    signed(room)
    return room


def signed(room, **facts):
    words = {"by": room.president.user, "name": "Anne", "sha256": DIGEST}
    return Signature.objects.create(sitting=room.sitting, **(words | facts))


def written(room, **facts):
    words = {"rank": 2, "kind": "names", "document": "{}", "sha256": DIGEST}
    return Entry.objects.create(sitting=room.sitting, **(words | facts))


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.rowcount


def test_a_line_has_a_rank_of_its_own(room):
    written(room)

    with refused_by("entry_rank_once"):
        written(room)


@pytest.mark.parametrize(
    "facts", [{"sha256": "0" * 63}, {"sha256": "G" * 64}, {"sha256": "A" * 64}, {"rank": 0}]
)
def test_a_line_has_a_digest_and_a_rank_from_1(room, facts):
    with refused_by("entry_digest_shape"):
        written(room, **facts)


def test_a_text_is_signed_once_by_somebody(room):
    signed(room, sha256="1" * 64)
    signed(room, by=room.deputy.user)

    with refused_by("signature_once_a_text"):
        signed(room)


def test_a_signature_is_of_a_digest(room):
    with refused_by("signature_digest_shape"):
        signed(room, sha256="z" * 64)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(
    "verb", ["DELETE FROM {}", "UPDATE {} SET sha256 = sha256", "UPDATE {} SET id = id + 9"]
)
def test_what_is_written_is_for_good(room, table, verb):
    with pytest.raises(DatabaseError, match="what a jury wrote is for good"), transaction.atomic():
        run(verb.format(table))

    assert (Entry.objects.count(), Signature.objects.count()) == (1, 1)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(("is_demo", "resets"), [(True, "off"), (False, "on"), (True, "on")])
def test_a_demonstration_that_starts_over_alone_may_erase(room, table, is_demo, resets):
    Edition.objects.filter(pk=room.edition.pk).update(is_demo=is_demo)
    run(f"SET LOCAL atlaas.resets_demo = '{resets}'")

    if is_demo and resets == "on":
        assert run(f"DELETE FROM {table}") == 1
        return
    with pytest.raises(DatabaseError, match="for good"), transaction.atomic():
        run(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES)
def test_even_a_demonstration_that_starts_over_changes_nothing(room, table):
    Edition.objects.filter(pk=room.edition.pk).update(is_demo=True)
    run("SET LOCAL atlaas.resets_demo = 'on'")

    with pytest.raises(DatabaseError, match="for good"), transaction.atomic():
        run(f"UPDATE {table} SET sha256 = '{'1' * 64}'")


def test_what_is_read_of_both(room):
    assert str(Entry.objects.get()) == "1 · suppléance désignée"
    assert str(Signature.objects.get()) == "Anne"
