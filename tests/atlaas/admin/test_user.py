import pytest
from django.urls import reverse

from atlaas.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "un mot de passe long"


@pytest.fixture
def staff(client):
    client.force_login(User.objects.create_superuser("chef@exemple.test", PASSWORD))
    return client


def test_person_is_added_with_an_address_in_lower_case(staff):
    asked = {"email": "Camille@Exemple.test", "name": "Camille", "usable_password": "true"}

    staff.post(reverse("admin:atlaas_user_add"), {**asked, "password1": PASSWORD, "password2": PASSWORD})

    person = User.objects.get(name="Camille")
    assert (person.email, person.check_password(PASSWORD), person.is_staff) == (
        "camille@exemple.test",
        True,
        False,
    )


def test_person_known_already_is_refused_with_a_sentence(staff):
    User.objects.create_user("camille@exemple.test", PASSWORD)

    page = staff.post(
        reverse("admin:atlaas_user_add"),
        {
            "email": "CAMILLE@exemple.test",
            "usable_password": "true",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )

    assert list(page.context["adminform"].form.errors) == ["email"]


def test_person_is_changed(staff):
    person = User.objects.create_user("camille@exemple.test", PASSWORD)

    staff.post(
        reverse("admin:atlaas_user_change", args=[person.pk]),
        {"email": "Camille@exemple.test", "name": "Camille Exemple", "is_active": "on", "is_organiser": "on"},
    )

    person.refresh_from_db()
    assert (person.email, person.is_organiser, person.check_password(PASSWORD)) == (
        "camille@exemple.test",
        True,
        True,
    )


def test_person_signs_in_to_the_admin_by_address(client):
    User.objects.create_superuser("chef@exemple.test", PASSWORD)

    answer = client.post(reverse("admin:login"), {"username": "Chef@Exemple.test", "password": PASSWORD})

    assert (answer.status_code, "_auth_user_id" in client.session) == (302, True)
