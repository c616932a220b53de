import datetime as dt
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from atlaas.models import Attachment, Sheet
from atlaas.operations import attachment_file
from atlaas.operations.attachment import MOST, add, describe, purge, remove, reorder
from atlaas.operations.sheet import delete_draft, publish
from atlaas.rules.refusal import Conflict, Refused
from tests.factories.atlaas import CommuneFactory, agent_of, draft_sheet
from tests.factories.attachments import document, huge_header, picture

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def sheet():
    return draft_sheet()


@pytest.fixture
def by(sheet):
    return agent_of(sheet.collectivity, "contributeur")


def put(sheet, by, **changes):
    """Add a picture at the version that is stored."""
    now = Sheet.objects.get(pk=sheet.pk).version
    return add(
        sheet,
        by=by,
        **{"version": now, "data": picture(), "name": "Place.JPG", "alt": "La place"} | changes,
    )


def version_of(sheet):
    return Sheet.objects.get(pk=sheet.pk).version


def files():
    return default_storage.listdir("fiches")[1] if default_storage.exists("fiches") else []


def test_add_keeps_a_copy_under_a_name_that_says_nothing(sheet, by):
    kept = put(sheet, by)

    assert (kept.name, kept.alt, kept.kind, kept.width) == ("Place", "La place", "image", 300)
    assert (kept.file.name, files()) == (f"fiches/{kept.pk}.jpg", [f"{kept.pk}.jpg"])
    assert version_of(sheet) == sheet.version + 1


def test_add_of_a_document_needs_no_description(sheet, by):
    kept = put(sheet, by, data=document(), name="C:\\dossier\\Convention.pdf", alt="")

    assert (kept.kind, kept.name, kept.alt, kept.width) == ("pdf", "Convention", "", None)


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [("", picture(), "Image"), ("\x00.jpg", picture(), "Image"), (" ", document(), "Document")],
)
def test_nameless_file_gets_a_name(sheet, by, name, data, shown):
    assert put(sheet, by, name=name, data=data).name == shown


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"alt": " \x00 "}, "ce que montre l’image"),
        ({"alt": "a" * 251}, "250 signes"),
        ({"data": b"<svg/>"}, "convertissez"),
        ({"data": huge_header()}, "trop de points"),
    ],
)
def test_refused_file_leaves_nothing(sheet, by, changes, words):
    with pytest.raises(Refused, match=words):
        put(sheet, by, **changes)

    assert (files(), version_of(sheet), Attachment.objects.count()) == ([], sheet.version, 0)


def test_stale_version_is_a_conflict_and_leaves_no_file(sheet, by):
    with pytest.raises(Conflict):
        put(sheet, by, version=sheet.version - 1)

    assert (files(), Attachment.objects.count()) == ([], 0)


def test_thirteenth_file_is_refused(sheet, by):
    Attachment.objects.bulk_create(
        Attachment(sheet=sheet, kind="pdf", name="x", size=1, position=rank, sha256="0" * 64)
        for rank in range(MOST)
    )

    with pytest.raises(Refused, match="12 fichiers"):
        put(sheet, by)


def test_strangers_add_nothing(sheet):
    with pytest.raises(Refused, match="rattaché"):
        put(sheet, agent_of(CommuneFactory()))

    assert files() == []


def test_describe_says_otherwise(sheet, by):
    kept = put(sheet, by)

    describe(kept, by=by, version=version_of(sheet), name=" ", alt="Une autre  place")

    kept.refresh_from_db()
    assert (kept.name, kept.alt, version_of(sheet)) == ("Place", "Une autre place", sheet.version + 2)


def test_picture_is_never_left_without_words(sheet, by):
    kept = put(sheet, by)

    with pytest.raises(Refused, match="ce que montre l’image"):
        describe(kept, by=by, version=version_of(sheet), name="x", alt="")


def test_reorder_puts_the_others_after(sheet, by):
    one, two, three = (put(sheet, by, name=f"{rank}.jpg") for rank in range(3))

    reorder(sheet, by=by, version=version_of(sheet), order=[three.pk])

    assert list(sheet.attachments.order_by("position")) == [three, one, two]


def test_remove_keeps_the_file_and_cannot_be_done_twice(sheet, by):
    kept = put(sheet, by)

    remove(kept, by=by, version=version_of(sheet))

    assert (sheet.attachments.filter(removed_at=None).count(), len(files())) == (0, 1)
    with pytest.raises(Refused, match="n’est plus sur la fiche"):
        remove(kept, by=by, version=version_of(sheet))


@pytest.mark.parametrize("verb", ["describe", "reorder", "remove"])
def test_stale_changes_are_conflicts(sheet, by, verb):
    kept = put(sheet, by)
    acts = {
        "describe": lambda: describe(kept, by=by, version=1, name="x", alt="y"),
        "reorder": lambda: reorder(sheet, by=by, version=1, order=[]),
        "remove": lambda: remove(kept, by=by, version=1),
    }

    with pytest.raises(Conflict):
        acts[verb]()


def removed_ago(kept, days):
    Attachment.objects.filter(pk=kept.pk).update(removed_at=timezone.now() - dt.timedelta(days=days))


@pytest.mark.parametrize(("days", "is_published", "erased"), [(31, False, 1), (29, False, 0), (31, True, 0)])
def test_purge_erases_what_no_version_names(
    sheet, by, days, is_published, erased, django_capture_on_commit_callbacks
):
    kept = put(sheet, by)
    if is_published:
        publish(sheet, by=agent_of(sheet.collectivity), version=version_of(sheet))
    removed_ago(kept, days)

    with django_capture_on_commit_callbacks(execute=True):
        assert purge() == erased

    assert (len(files()), Attachment.objects.count()) == (1 - erased, 1 - erased)


def test_purge_erases_the_files_of_an_erased_draft_after_a_day(sheet, by, django_capture_on_commit_callbacks):
    kept = put(sheet, by)
    delete_draft(sheet, by=by)
    fresh = default_storage.save("fiches/frais.jpg", ContentFile(b"x"))
    old = (timezone.now() - dt.timedelta(days=2)).timestamp()
    os.utime(default_storage.path(kept.file.name), (old, old))

    with django_capture_on_commit_callbacks(execute=True):
        assert purge() == 1

    assert [f"fiches/{name}" for name in files()] == [fresh]


def test_purge_without_any_file_does_nothing():
    assert purge() == 0


def test_decoder_that_needs_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(attachment_file, "SECONDS", 0.001)

    with pytest.raises(Refused, match="trop de mémoire ou de temps"):
        attachment_file.rewrite(picture())


def test_decoder_that_dies_is_a_refusal(monkeypatch):
    monkeypatch.setattr(attachment_file, "_CHILD", "import sys; sys.exit(9)")

    with pytest.raises(Refused, match="trop de mémoire ou de temps"):
        attachment_file.rewrite(picture())
