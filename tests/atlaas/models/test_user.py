import pytest

from atlaas.models import User
from tests.factories.atlaas import UserFactory
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


def test_user_is_created_with_the_address_in_lower_case():
    user = User.objects.create_user(" Camille@Exemple.TEST ", "un mot de passe long")

    assert (user.email, user.check_password("un mot de passe long"), user.is_staff) == (
        "camille@exemple.test",
        True,
        False,
    )


def test_superuser_reaches_the_administration():
    user = User.objects.create_superuser("equipe@exemple.test", "un mot de passe long")

    assert (user.is_staff, user.is_superuser) == (True, True)


def test_user_is_found_whatever_the_case_typed():
    user = UserFactory(email="camille@exemple.test")

    assert User.objects.get_by_natural_key(" Camille@exemple.TEST ") == user


def test_user_address_is_kept_in_lower_case():
    with refused_by("user_email_lower_case"):
        UserFactory(email="Camille@exemple.test")


@pytest.mark.parametrize(
    ("name", "shown"), [("Camille Exemple", "Camille Exemple"), ("", "camille@exemple.test")]
)
def test_user_is_called_by_name_or_address(name, shown):
    user = UserFactory.build(email="camille@exemple.test", name=name)

    assert (str(user), user.get_full_name(), user.get_short_name()) == (shown, shown, shown)
