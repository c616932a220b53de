import pytest

from atlaas.models import Job
from labels.tasks import ask_for_search_alerts

pytestmark = pytest.mark.django_db


def test_alerts_of_a_day_are_asked_once():
    ask_for_search_alerts()
    ask_for_search_alerts()

    assert Job.objects.filter(kind="search-alerts").count() == 1
