"""Each minute: stored for good in all but the commit, and nothing of it stays."""

import datetime as dt

import pytest
from django.apps import apps

from labels.models import Extension, Probe
from labels.operations.probe import probe
from labels.queries.clock import now
from tests.factories.atlaas import RegionFactory, ServiceFactory
from tests.factories.campaign import CandidacyFactory, open_edition

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def ground():
    RegionFactory()
    ServiceFactory()


def counts():
    return {model: model._default_manager.count() for model in apps.get_models() if model is not Probe}


def test_probe_leaves_nothing_but_its_row(ground):
    open_edition()
    before = counts()

    found = probe()

    assert (found.error, found.minute.second) == ("", 0)
    assert found.draft_ms is not None
    assert found.filing_ms is not None
    assert counts() == before
    assert Probe.objects.get().minute == found.minute


def test_probe_twice_in_a_minute_is_one_row(ground, monkeypatch):
    open_edition()
    minute = now().replace(second=0, microsecond=0)
    Probe.objects.create(minute=minute, draft_ms=1, filing_ms=1)
    Probe.objects.create(minute=minute + dt.timedelta(minutes=1), draft_ms=1, filing_ms=1)

    probe()

    assert Probe.objects.count() == 2


def test_probe_without_campaign_writes_nothing(ground):
    open_edition(opens_at=now() - 30 * DAY, closes_at=now() - 2 * DAY)

    assert (probe(), Probe.objects.count()) == (None, 0)


def test_probe_goes_on_while_somebody_has_more_time(ground):
    edition = open_edition(opens_at=now() - 30 * DAY, closes_at=now() - 2 * DAY)
    candidacy = CandidacyFactory(edition=edition)
    Extension.objects.create(candidacy=candidacy, until=now() + DAY, reason="Panne.")

    assert probe().error == ""


def test_probe_that_fails_says_why():
    open_edition()

    found = probe()

    assert (found.draft_ms, found.filing_ms) == (None, None)
    assert found.error.startswith("NothingToSortBy : Ni région ni service")
