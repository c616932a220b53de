import pytest
from django.utils import timezone

from jury.models import Sitting
from tests.factories.campaign import open_edition
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "open"},
        {"state": "closed", "opened_at": NOW},
        {"state": "closed", "closed_at": NOW},
        {"opened_at": NOW},
        {"state": "lost"},
    ],
)
def test_a_state_has_its_times(facts):
    with refused_by("sitting_state_has_its_times"):
        Sitting.objects.create(edition=open_edition(), **facts)
