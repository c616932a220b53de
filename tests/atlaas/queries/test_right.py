import pytest
from django.contrib.auth.models import AnonymousUser

from atlaas.choices import Role
from atlaas.models import Collectivity
from atlaas.queries.right import Right, right_on, rights_of
from tests.factories.atlaas import AffiliationFactory, CommuneFactory, GroupFactory, agent_of
from tests.people import EVERYONE, ROLE_OF, WHO, days, mandate_for

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", EVERYONE)
def test_right_of_each(who):
    place = CommuneFactory()
    user = WHO[who](place)

    right = right_on(place, user)

    assert (right.role if right else None) == ROLE_OF.get(who)
    assert rights_of(user).get(place) == right
    assert Collectivity.objects.served_by(user).filter(pk=place.pk).exists() is (who in ROLE_OF)


def test_nobody_signed_in_has_no_right():
    assert right_on(CommuneFactory(), AnonymousUser()) is None


@pytest.mark.parametrize(
    ("own", "by_mandate"), [("contributeur", True), ("valideur", False), ("responsable", False)]
)
def test_the_strongest_right_counts_ones_own_when_equal(own, by_mandate):
    place = CommuneFactory()
    user = agent_of(place, own)
    mandate = mandate_for(place, holder=user)

    right = right_on(place, user)

    assert right.mandate == (mandate if by_mandate else None)
    assert rights_of(user)[place] == right


def test_a_right_covers_what_lesser_roles_may():
    table = {role: [Right(role).covers(needed) for needed in Role] for role in Role}

    assert table == {
        Role.CONTRIBUTOR: [True, False, False],
        Role.PUBLISHER: [True, True, False],
        Role.MANAGER: [True, True, True],
    }


@pytest.mark.parametrize("total", [1, 3])
def test_rights_take_two_queries(django_assert_num_queries, total):
    group = GroupFactory()
    user = agent_of(group, "valideur")
    for _ in range(total):
        mandate_for(CommuneFactory(), operator=group, until=days(9))
        AffiliationFactory(user=user, role="contributeur")

    with django_assert_num_queries(2):
        rights = rights_of(user)

    assert len(rights) == 1 + 2 * total
    with django_assert_num_queries(0):
        assert {str(right.mandate.operator) for right in rights.values() if right.mandate} == {str(group)}
