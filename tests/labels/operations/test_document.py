"""Documents made beforehand."""

import pytest
from django.db import transaction
from django.utils import timezone

from labels.models import KeptDocument
from labels.operations.document import forget, keep
from labels.queries.documents import content_of, of_facts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "documents-prets"


def draw(facts, made_at):
    return f"{facts['words']} {made_at.year}".encode()


def drawn(words):
    return keep("essai", "1", {"words": words}, draw)


def test_document_is_drawn_once_for_the_same_facts(folder):
    first = drawn("Un")

    assert (drawn("Un").pk, drawn("Un").made_at) == (first.pk, first.made_at)
    assert content_of(first) == f"Un {timezone.now().year}".encode()
    assert [one.name for one in folder.iterdir()] == [first.file.name.removeprefix("documents-prets/")]


def test_other_facts_take_its_place(folder, django_capture_on_commit_callbacks):
    drawn("Un")

    with django_capture_on_commit_callbacks(execute=True):
        second = drawn("Deux")

    assert KeptDocument.objects.count() == len(list(folder.iterdir())) == 1
    assert of_facts("essai", "1", {"words": "Deux"}) == second
    assert of_facts("essai", "1", {"words": "Un"}) is None


def test_a_file_whose_row_is_refused_is_erased(folder):
    with pytest.raises(ValueError, match="long"), transaction.atomic():
        keep("essai", "1", {"words": "Un"}, lambda *_: (_ for _ in ()).throw(ValueError("long")))

    assert not folder.exists()


def test_forgotten_documents_leave_no_file(folder, django_capture_on_commit_callbacks):
    drawn("Un")

    with django_capture_on_commit_callbacks(execute=True):
        forget("essai", "1")

    assert (KeptDocument.objects.count(), list(folder.iterdir())) == (0, [])
