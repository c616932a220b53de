import pytest

from atlaas.models import User
from atlaas.operations.account import ensure_demo_accounts
from atlaas.rules.refusal import Refused

pytestmark = pytest.mark.django_db


def test_demo_accounts_are_made_once_without_a_password(settings):
    settings.DEMO = True

    ensure_demo_accounts()
    accounts = ensure_demo_accounts()

    assert [(one.email, one.is_organiser, one.is_staff, one.is_demo) for one in accounts] == [
        ("agent@demo.example", False, False, True),
        ("equipe@demo.example", True, True, True),
    ]
    assert not any(one.has_usable_password() for one in accounts)


def test_demo_accounts_are_left_as_people_made_them(settings):
    settings.DEMO = True
    ensure_demo_accounts()
    User.objects.filter(email="agent@demo.example").update(name="Autre nom")

    ensure_demo_accounts()

    assert User.objects.get(email="agent@demo.example").name == "Autre nom"


def test_demo_accounts_exist_in_the_demo_only(settings):
    settings.DEMO = False

    with pytest.raises(Refused):
        ensure_demo_accounts()
    assert User.objects.count() == 0
