import pytest
from django.utils import timezone

from atlaas.models import Affiliation, Mandate, User
from atlaas.operations.account import COMMUNE, ensure_demo_accounts
from atlaas.queries.demo import ROLES, demo_account
from atlaas.queries.right import right_on
from atlaas.rules.refusal import Refused
from tests.factories.atlaas import CommuneFactory, GroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def commune():
    return CommuneFactory(code=COMMUNE, epci=GroupFactory())


def test_demo_accounts_are_made_once_without_a_password(demo):
    ensure_demo_accounts()
    accounts = ensure_demo_accounts()

    assert [one.email for one in accounts] == [role.email for role in ROLES.values()]
    assert [(one.is_organiser, one.is_staff, one.is_demo) for one in accounts] == [
        (True, True, True),
        *[(False, False, True)] * 6,
    ]
    assert not any(one.has_usable_password() for one in accounts)
    assert all("Exemple" in one.name for one in accounts)


def test_demo_people_have_each_role_in_one_commune(demo, commune):
    for _ in range(2):
        ensure_demo_accounts()

    found = {role: right_on(commune, demo_account(role)) for role in ROLES}
    rights = {role: right for role, right in found.items() if right}
    assert {role: right.role for role, right in rights.items()} == {
        "responsable": "responsable",
        "valideur": "valideur",
        "contributeur": "contributeur",
        "mandataire": "valideur",
    }
    assert [role for role, right in rights.items() if right.mandate] == ["mandataire"]
    assert (Affiliation.objects.count(), Mandate.objects.count()) == (4, 1)


def test_demo_people_of_a_commune_without_a_group_hold_no_mandate(demo):
    CommuneFactory(code=COMMUNE)

    ensure_demo_accounts()

    assert (Affiliation.objects.count(), Mandate.objects.count()) == (3, 0)


def test_demo_accounts_are_left_as_people_made_them(demo, commune):
    ensure_demo_accounts()
    User.objects.filter(email="responsable@demo.example").update(name="Autre nom")
    Mandate.objects.update(revoked_at=timezone.now())
    Affiliation.objects.filter(user__email="valideur@demo.example").update(role="contributeur")

    ensure_demo_accounts()

    assert User.objects.get(email="responsable@demo.example").name == "Autre nom"
    assert Mandate.objects.exclude(revoked_at=None).count() == Mandate.objects.count() == 1
    assert Affiliation.objects.get(user__email="valideur@demo.example").role == "contributeur"


def test_demo_accounts_exist_in_the_demo_only(settings):
    settings.DEMO = False

    with pytest.raises(Refused):
        ensure_demo_accounts()
    assert User.objects.count() == 0
