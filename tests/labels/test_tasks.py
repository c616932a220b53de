import pytest

from atlaas.models import Job
from labels.models import Probe
from labels.tasks import ask_for_search_alerts, forget_arrivals, probe
from tests.factories.atlaas import RegionFactory, ServiceFactory
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db


def test_alerts_of_a_day_are_asked_once():
    ask_for_search_alerts()
    ask_for_search_alerts()

    assert Job.objects.filter(kind="search-alerts").count() == 1


def test_probe_writes_its_row_while_a_campaign_runs():
    RegionFactory()
    ServiceFactory()
    open_edition()

    probe()

    assert Probe.objects.get().error == ""


def test_arrivals_are_forgotten_twice_without_harm():
    forget_arrivals()
    forget_arrivals()
