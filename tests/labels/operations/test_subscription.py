import pytest

from atlaas.rules.refusal import Refused
from labels.models import Subscription
from labels.operations.subscription import Unread, import_subscriptions, set_subscription
from tests.factories.atlaas import CommuneFactory, UserFactory

pytestmark = pytest.mark.django_db
YEAR = 2030


@pytest.fixture
def organiser():
    return UserFactory(is_organiser=True)


@pytest.fixture
def town():
    return CommuneFactory(code="14271")


def test_import_writes_all_and_again_changes(town, organiser):
    import_subscriptions(b"code;etat\n14271;pending", YEAR, by=organiser)

    assert import_subscriptions(b"code;etat\n14271;active", YEAR, by=organiser) == 1
    assert Subscription.objects.values_list("collectivity", "year", "status").get() == (
        town.pk,
        YEAR,
        "active",
    )


def test_one_wrong_line_writes_nothing(town, organiser):
    with pytest.raises(Unread) as unread:
        import_subscriptions(b"code;etat\n14271;active\n99999;active\nx;y", YEAR, by=organiser)

    assert len(unread.value.problems) == 2
    assert Subscription.objects.count() == 0


def test_state_is_one_of_three(town, organiser):
    with pytest.raises(Refused, match="Choisissez"):
        set_subscription(town, YEAR, "payée", "", by=organiser)


def test_subscriptions_are_the_association_s(town):
    with pytest.raises(Refused, match="équipe de l’association"):
        import_subscriptions(b"code;etat\n14271;active", YEAR, by=UserFactory())
