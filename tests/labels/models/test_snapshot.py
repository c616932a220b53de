"""What PostgreSQL refuses of a filing."""

import pytest

from labels.models import Candidacy, Snapshot
from labels.operations.filing import file
from labels.queries.clock import now
from tests.factories.filing import a_complete_candidacy, publisher_of
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed():
    candidacy = a_complete_candidacy()
    return file(candidacy, by=publisher_of(candidacy.collectivity), arrived_at=now())


def another(filed, **facts):
    words = {"candidacy": filed.candidacy, "rank": 2, "number": "2030-00002", "document": "{}"}
    return Snapshot.objects.create(**(words | {"sha256": "0" * 64, "arrived_at": now()} | facts))


def test_a_rank_is_taken_once(filed):
    with refused_by("snapshot_rank_once"):
        another(filed, rank=1)


def test_a_number_is_given_once(filed):
    with refused_by("labels_snapshot_number_key"):
        another(filed, number=filed.number)


def test_a_digest_is_a_sha256(filed):
    with refused_by("snapshot_digest_shape"):
        another(filed, sha256="x" * 64)


@pytest.mark.parametrize("facts", [{"filed": None}, {"state": "draft"}, {"state": "withdrawn"}])
def test_filed_goes_with_its_snapshot(filed, facts):
    with refused_by("candidacy_filed_has_its_snapshot"):
        Candidacy.objects.update(**facts)
