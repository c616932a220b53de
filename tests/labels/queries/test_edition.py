import pytest

from labels.queries.edition import latest_complete
from tests.factories.labels import EditionFactory

pytestmark = pytest.mark.django_db


def test_latest_complete_is_public_and_whole():
    EditionFactory(year=2024)
    whole = EditionFactory(year=2025)
    EditionFactory(year=2026, coverage="attested")
    EditionFactory(year=2027, published_at=None)

    assert latest_complete(None) == whole


def test_latest_complete_of_nothing_is_none():
    assert latest_complete(None) is None
