"""Documents: asked once, made once whatever happens to the worker, erased with their files."""

import datetime as dt
import os
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from atlaas.models import Job
from atlaas.operations.job import run_pending
from atlaas.rules.refusal import Refused
from labels.models import MemberDocument, Subscription
from labels.operations.member_document import FOLDER, MOST, ask, delete, make, purge
from labels.rules.member_document import Asked
from labels.tasks import erase_old_documents
from tests.factories.atlaas import UserFactory, agent_of
from tests.factories.document import a_member, stored
from tests.pdf import bare_text_of

pytestmark = pytest.mark.django_db
NOTE = Asked("habitants", ("label", "actions"))


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def town():
    return a_member()


@pytest.fixture
def agent(town):
    return agent_of(town, "contributeur")


def files():
    return sorted(default_storage.listdir(FOLDER)[1]) if default_storage.exists(FOLDER) else []


def content_of(document):
    with default_storage.open(document.file.name) as file:
        return file.read()


def made(town, agent, asked=NOTE):
    document = ask(town, asked, by=agent)
    run_pending()
    document.refresh_from_db()
    return document


def test_document_is_asked_then_made_by_a_job(town, agent):
    document = ask(town, NOTE, by=agent)

    assert (document.made_at, files()) == (None, [])
    assert run_pending() == 1
    document.refresh_from_db()
    job = Job.objects.get(kind="member-document")
    assert (job.state, job.progress, job.total) == ("done", 3, 3)
    assert files() == [f"{document.pk}.pdf"]
    assert document.size == default_storage.size(document.file.name)
    assert document.kept_until == document.asked_at + dt.timedelta(days=30)
    assert town.name in bare_text_of(content_of(document))


def test_same_choices_make_one_document(town, agent):
    first = ask(town, NOTE, by=agent)
    again = ask(town, Asked("habitants", ("label", "actions")), by=agent_of(town))

    assert first.pk == again.pk
    assert (MemberDocument.objects.count(), Job.objects.count()) == (1, 1)


def test_document_made_again_replaces_its_file(town, agent, django_capture_on_commit_callbacks):
    before = made(town, agent)
    first = before.asked_at

    with django_capture_on_commit_callbacks(execute=True):
        again = ask(town, NOTE, by=agent)

    assert (again.pk, again.made_at, files()) == (before.pk, None, [])
    run_pending()
    again.refresh_from_db()
    assert again.asked_at > first
    assert files() == [f"{again.pk}.pdf"]


def test_making_twice_leaves_one_file(town, agent):
    document = made(town, agent)
    before = document.made_at

    make(str(document.pk))

    document.refresh_from_db()
    assert (document.made_at, files()) == (before, [f"{document.pk}.pdf"])


def test_worker_killed_before_the_row_leaves_a_file_that_the_night_erases(
    town, agent, django_capture_on_commit_callbacks
):
    document = ask(town, NOTE, by=agent)
    orphan = default_storage.save(f"{FOLDER}/{document.pk}.pdf", ContentFile(b"half"))

    make(str(document.pk))  # as the worker that takes the job over

    document.refresh_from_db()
    assert content_of(document)[:4] == b"%PDF"
    assert document.file.name != orphan
    grow_old(orphan)
    with django_capture_on_commit_callbacks(execute=True):
        assert purge() == 0
    assert files() == [Path(document.file.name).name]


def grow_old(name):
    past = (timezone.now() - dt.timedelta(days=2)).timestamp()
    os.utime(default_storage.path(name), (past, past))


def test_document_deleted_while_it_waits_is_not_made(town, agent):
    document = ask(town, NOTE, by=agent)
    delete(document, by=agent)

    run_pending()

    assert files() == []


def test_document_of_somebody_else_is_not_asked(town):
    with pytest.raises(Refused, match="rattaché"):
        ask(town, NOTE, by=UserFactory())

    assert MemberDocument.objects.count() == 0


@pytest.mark.parametrize("status", ["pending", "ended", None])
def test_document_is_for_members(town, agent, status):
    rows = Subscription.objects.filter(collectivity=town)
    rows.update(status=status) if status else rows.delete()

    with pytest.raises(Refused, match="collectivités adhérentes"):
        ask(town, NOTE, by=agent)


def test_only_so_many_documents_are_kept(town, agent):
    for rank in range(MOST):
        stored(town, asked={"chapters": [str(rank)]})

    with pytest.raises(Refused, match="effacez-en un"):
        ask(town, NOTE, by=agent)


def test_document_is_deleted_with_its_file(town, agent, django_capture_on_commit_callbacks):
    document = made(town, agent)

    with django_capture_on_commit_callbacks(execute=True):
        delete(document, by=agent)

    assert (MemberDocument.objects.count(), files()) == (0, [])
    with pytest.raises(Refused, match="déjà effacé"):
        delete(document, by=agent)


def test_document_is_deleted_by_its_own_people(town, agent):
    document = made(town, agent)

    with pytest.raises(Refused, match="rattaché"):
        delete(document, by=UserFactory())


def test_night_erases_what_was_kept_for_thirty_days(town, agent, django_capture_on_commit_callbacks):
    old, kept = made(town, agent), made(town, agent, Asked("habitants", ("label",)))
    past = timezone.now() - dt.timedelta(days=30, seconds=1)
    MemberDocument.objects.filter(pk=old.pk).update(asked_at=past, kept_until=past + dt.timedelta(days=30))

    with django_capture_on_commit_callbacks(execute=True):
        assert erase_old_documents() == 1

    assert list(MemberDocument.objects.all()) == [kept]
    assert files() == [f"{kept.pk}.pdf"]
    assert erase_old_documents() == 0
