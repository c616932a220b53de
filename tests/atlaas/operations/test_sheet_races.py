"""Several people on one fiche at once, on the real PostgreSQL."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from atlaas.models import PublicSheet, Sheet
from atlaas.operations.publication import project
from atlaas.operations.sheet import archive, publish, save, start
from atlaas.rules.refusal import Conflict, Refused
from tests.factories.atlaas import CommuneFactory, agent_of, draft_sheet, published_sheet

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS = 8
deep = pytest.mark.skipif(not os.environ.get("ATLAAS_DEEP"), reason="long: make test-deep")


def at_once(*acts):
    """Do all of these at the same moment, each on its own connection; answers what each returned or raised."""
    barrier = Barrier(len(acts))

    def one(act):
        barrier.wait()
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def write(pk, by, marks):
    """Add each mark to the text, reading again after each conflict, as a person would."""
    for mark in marks:
        while True:
            read = Sheet.objects.get(pk=pk)
            try:
                save(read, by=by, version=read.version, facts={"text": f"{read.text} {mark}".strip()})
            except Conflict:
                continue
            break


@pytest.mark.parametrize("edits", [12, pytest.param(100, marks=[deep, pytest.mark.deep])])
def test_eight_writers_lose_no_acknowledged_edit(edits):
    sheet = draft_sheet(text="")
    people = [agent_of(sheet.collectivity) for _ in range(WRITERS)]
    marks = [[f"{writer}-{edit}" for edit in range(edits)] for writer in range(WRITERS)]

    at_once(*(lambda by=by, own=own: write(sheet.pk, by, own) for by, own in zip(people, marks, strict=True)))

    sheet.refresh_from_db()
    assert sorted(sheet.text.split()) == sorted(mark for own in marks for mark in own)
    assert sheet.version == 2 + WRITERS * edits


def test_fifty_identical_starts_are_one_fiche():
    town, key = CommuneFactory(), uuid4()
    by = agent_of(town)

    def start_it():
        return start(town, by=by, draft_key=key).pk

    found = [pk for _ in range(5) for pk in at_once(*[start_it] * 10)]

    assert (len(found), set(found)) == (50, {Sheet.objects.get().pk})
    assert Sheet.objects.get().steps.count() == 1


def test_publish_pressed_twice_makes_one_revision():
    sheet = draft_sheet()
    by = agent_of(sheet.collectivity)

    found = at_once(*[lambda: publish(sheet, by=by, version=sheet.version).number] * 2)

    assert (found, sheet.revisions.count()) == ([1, 1], 1)


def test_save_and_publish_at_once_publish_what_was_read():
    sheet = draft_sheet()
    by = agent_of(sheet.collectivity)

    saved, published = at_once(
        lambda: save(sheet, by=by, version=sheet.version, facts={"title": "Autre"}),
        lambda: publish(sheet, by=by, version=sheet.version),
    )

    assert saved.title == "Autre"
    titles = list(PublicSheet.objects.values_list("title", flat=True))
    assert titles == ([] if isinstance(published, Conflict) else [sheet.title])


@pytest.mark.parametrize("other", ["publish", "project"])
def test_archive_at_once_with_another_never_leaves_a_public_page(other):
    sheet = published_sheet()
    by = agent_of(sheet.collectivity)
    sheet = save(sheet, by=by, version=sheet.version, facts={"title": "Autre"})
    acts = {
        "publish": lambda: publish(sheet, by=by, version=sheet.version),
        "project": lambda: project([sheet.pk]),
    }

    at_once(lambda: archive(sheet, by=by), acts[other])

    sheet.refresh_from_db()
    assert PublicSheet.objects.exists() is (sheet.state == "published")


def test_projection_waits_for_who_holds_the_fiche():
    """Without its own lock the projection reads « published », waits on the public row, and writes it back."""
    sheet = published_sheet()
    by = agent_of(sheet.collectivity)

    for _ in range(5):
        at_once(lambda: archive(sheet, by=by), *[lambda: project([sheet.pk])] * 3)
        assert PublicSheet.objects.exists() is False
        publish(sheet, by=by, version=sheet.version)
