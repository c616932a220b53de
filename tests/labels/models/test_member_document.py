"""What PostgreSQL refuses of a document."""

import datetime as dt

import pytest
from django.utils import timezone

from labels.models import MemberDocument
from tests.factories.atlaas import CommuneFactory, agent_of
from tests.factories.document import stored
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def test_a_document_is_asked_once_for_the_same_choices():
    town = CommuneFactory()
    stored(town, asked={"chapters": ["mosaique"], "year": 2025})
    stored(town, asked={"chapters": ["mosaique"], "year": 2024})
    stored(CommuneFactory(), asked={"chapters": ["mosaique"], "year": 2025})

    with refused_by("member_document_once"):
        stored(town, asked={"year": 2025, "chapters": ["mosaique"]})


def test_a_document_is_one_of_ours():
    with refused_by("member_document_kind_known"):
        stored(CommuneFactory(), kind="roman")


@pytest.mark.parametrize(
    "facts",
    [
        {"made_at": timezone.now()},
        {"file": "documents/x.pdf"},
        {"size": 3},
        {"made_at": timezone.now(), "size": 3},
    ],
)
def test_a_document_is_made_when_it_has_its_file(facts):
    with refused_by("member_document_made_has_file"):
        stored(CommuneFactory(), **facts)


def test_a_document_is_kept_after_it_was_asked():
    now = timezone.now()

    with refused_by("member_document_kept_after_asked"):
        stored(CommuneFactory(), asked_at=now, kept_until=now - dt.timedelta(days=1))


def test_documents_are_seen_by_those_who_serve_the_collectivite():
    document, _other = stored(CommuneFactory()), stored(CommuneFactory())

    seen = MemberDocument.objects.served_by(agent_of(document.collectivity, "contributeur"))

    assert list(seen) == [document]
    assert str(document) == f"note de synthèse, {document.collectivity.name}"
