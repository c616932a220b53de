import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
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

    chief = User.objects.get()
    EmailAddress.objects.create(user=chief, email=chief.email, primary=True, verified=True)

    door = client.get(reverse("admin:index"), follow=True).redirect_chain[-1][0]
    answer = client.post(door, {"login": "Chef@Exemple.test", "password": PASSWORD, "next": "/admin/"})

    assert (door, answer["Location"]) == ("/connexion/?next=%2Fadmin%2F", "/admin/")
    assert client.get("/admin/")["Location"] == "/compte/deuxieme-facteur/activer/?next=%2Fadmin%2F"


def test_second_factor_is_taken_away_without_its_secret_being_shown(staff):
    person = User.objects.create_user("camille@exemple.test", None)
    factor = Authenticator.objects.create(user=person, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    place = f"/admin/mfa/authenticator/{factor.pk}/"

    pages = [staff.get(path).content.decode() for path in ("/admin/mfa/authenticator/", f"{place}change/")]
    staff.post(f"{place}delete/", {"post": "yes"})

    assert ["JBSWY3DPEHPK3PXP" in page for page in pages] == [False, False]
    assert ["camille@exemple.test" in page for page in pages] == [True, True]
    assert not Authenticator.objects.exists()
