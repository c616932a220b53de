"""What the stock admin shows of a jury."""

import pytest
from django.urls import reverse

from jury.models import Sitting
from tests.factories.atlaas import UserFactory
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db


def test_the_admin_does_not_tell_how_a_juror_scores(client):
    sitting = Sitting.objects.create(edition=open_edition(), habits={"common": ["7/3", "0"]})
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    page = client.get(reverse("admin:jury_sitting_change", args=[sitting.pk]))

    assert (page.status_code, "7/3" in page.content.decode()) == (200, False)
