import pytest
from django.contrib.auth.models import AnonymousUser

from atlaas.models import User
from labels.permissions import can_correct_levels


@pytest.mark.parametrize(
    ("user", "expected"),
    [
        (User(is_organiser=True), True),
        (User(is_organiser=True, is_active=False), False),
        (User(), False),
        (User(is_staff=True, is_superuser=True), False),
        (AnonymousUser(), False),
        (None, False),
    ],
)
def test_levels_are_corrected_by_active_organisers(user, expected):
    assert can_correct_levels(user) is expected
