"""What PostgreSQL refuses of the texts of a press kit, and of kept documents."""

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from labels.models import EditorialBlock, KeptDocument
from tests.factories.campaign import open_edition
from tests.factories.labels import EditionFactory
from tests.factories.press_kit import EditorialBlockFactory
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def keep(**facts):
    words = {"kind": "essai", "key": "1", "digest": "0" * 64, "file": "documents/x.pdf", "size": 1}
    return KeptDocument.objects.create(**words | facts, made_at=timezone.now())


def test_text_says_who_signs():
    block = EditorialBlockFactory()

    for empty in ({"signatory": ""}, {"text": ""}):
        with refused_by("editorial_block_is_signed"):
            EditorialBlock.objects.filter(pk=block.pk).update(**empty)
    assert str(block) == "Un message"
    assert str(EditorialBlockFactory(title="", kind="quote")) == "citation : Camille Exemple"


def test_two_texts_of_a_kind_never_share_a_place():
    EditorialBlockFactory(position=1)

    with refused_by("editorial_block_place_once"):
        EditorialBlockFactory(position=1)


def test_texts_of_a_published_campaign_are_for_good():
    edition = open_edition()
    block = EditorialBlockFactory(edition=edition)
    type(edition).objects.update(published_at=timezone.now() - dt.timedelta(days=1))

    with pytest.raises(ProgrammingError, match="read-only"), transaction.atomic():
        EditorialBlock.objects.filter(pk=block.pk).update(text="Autre chose")
    with pytest.raises(ProgrammingError, match="read-only"), transaction.atomic():
        EditorialBlockFactory(edition=edition)


def test_texts_of_an_imported_edition_may_still_be_typed():
    block = EditorialBlockFactory(edition=EditionFactory(year=2025))

    assert EditorialBlock.objects.filter(pk=block.pk).update(text="Autre chose") == 1


def test_document_is_kept_once_and_is_not_empty():
    assert str(keep()) == "essai 1"

    with refused_by("kept_document_once"):
        keep()
    with refused_by("kept_document_is_not_empty"):
        keep(key="2", size=0)
