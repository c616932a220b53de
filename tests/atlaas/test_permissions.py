import pytest
from django.contrib.auth.models import AnonymousUser

from atlaas.choices import Role
from atlaas.models import User
from atlaas.permissions import NEEDS, is_organiser, require, require_organiser
from atlaas.queries.right import RANKS
from atlaas.rules.refusal import Refused
from tests.factories.atlaas import CommuneFactory
from tests.people import EVERYONE, ROLE_OF, WHO

ORGANISERS = [
    (User(is_organiser=True), True),
    (User(is_organiser=True, is_active=False), False),
    (User(), False),
    (User(is_staff=True, is_superuser=True), False),
    (AnonymousUser(), False),
]


@pytest.mark.django_db
@pytest.mark.parametrize("who", EVERYONE)
@pytest.mark.parametrize("needed", Role)
def test_require_answers_each(who, needed):
    place = CommuneFactory()
    user = WHO[who](place)
    role = ROLE_OF.get(who)

    if role and RANKS[Role(role)] >= RANKS[needed]:
        assert require(user, place, needed).role == role
    else:
        with pytest.raises(Refused) as refusal:
            require(user, place, needed)
        assert str(refusal.value) == NEEDS[needed]


@pytest.mark.parametrize(("user", "expected"), ORGANISERS)
def test_organisers_are_active_and_named(user, expected):
    assert is_organiser(user) is expected


@pytest.mark.parametrize(("user", "expected"), ORGANISERS)
def test_require_organiser_refuses_others(user, expected):
    if expected:
        require_organiser(user)
    else:
        with pytest.raises(Refused, match="association"):
            require_organiser(user)
