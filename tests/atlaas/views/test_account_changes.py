"""Codes, addresses, passwords and devices of an account."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user
from django.core import mail

from atlaas.models import User
from tests.atlaas.people import CODE, EMAIL, LINK, NEW_SECRET, SECRET, account, last_code, sign_in, sign_up
from tests.factories.atlaas import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return account()


def test_code_by_mail_opens_the_account_once(client, person):
    client.post("/connexion/code/", {"email": EMAIL})
    code = last_code()

    answer = client.post("/connexion/code/saisie/", {"code": code.lower()})
    other = type(client)().post("/connexion/code/saisie/", {"code": code})

    assert (answer["Location"], get_user(client)) == ("/espace/", person)
    assert other["Location"] == "/connexion/code/"


def test_code_keeps_where_one_was_going(client, person):
    client.post("/connexion/code/?next=/donnees/", {"email": EMAIL, "next": "/donnees/"})

    answer = client.post("/connexion/code/saisie/", {"code": last_code(), "next": "/donnees/"})

    assert answer["Location"] == "/donnees/"


def test_code_is_lost_after_three_tries(client, person):
    client.post("/connexion/code/", {"email": EMAIL})
    code = last_code()

    for _ in range(3):
        client.post("/connexion/code/saisie/", {"code": "AAAA-BBBB"})
    client.post("/connexion/code/saisie/", {"code": code})

    assert get_user(client).is_anonymous


def test_account_made_in_the_admin_enters_by_one_code(client):
    user = UserFactory(email=EMAIL)
    client.post("/connexion/code/", {"email": EMAIL})

    client.post("/connexion/code/saisie/", {"code": last_code()})

    assert (get_user(client), len(mail.outbox)) == (user, 1)


def test_account_opens_once_the_address_is_verified(client):
    answer = sign_up(client, email="Camille@Exemple.test")
    before = get_user(client).is_anonymous

    client.post(answer["Location"], {"code": last_code()})

    user = User.objects.get()
    assert (answer["Location"], before, get_user(client)) == ("/inscription/adresse/", True, user)
    assert (user.email, user.name, user.is_staff, user.is_organiser) == (
        EMAIL,
        "Camille Exemple",
        False,
        False,
    )
    assert user.emailaddress_set.get().verified


def test_signing_up_keeps_where_one_was_going(client):
    answer = client.post(
        "/inscription/?next=/donnees/",
        {"name": "C", "email": EMAIL, "password1": NEW_SECRET, "next": "/donnees/"},
    )

    assert client.post(answer["Location"], {"code": last_code()})["Location"] == "/donnees/"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"password1": "court"}, "password1"),
        ({"password1": "motdepasse1234"[:11]}, "password1"),
        ({"email": "pas une adresse"}, "email"),
        ({"name": ""}, "name"),
        ({"name": "x" * 151}, "name"),
        ({"name": "a\x00b"}, "name"),
    ],
)
def test_account_that_cannot_be_is_told_beside_its_field(client, changes, field):
    answer = sign_up(client, **changes)

    assert (list(answer.context["form"].errors), User.objects.count()) == ([field], 0)


def test_nobody_makes_an_organiser_of_themselves(client):
    sign_up(client, is_organiser="1", is_staff="1", is_superuser="1", is_demo="1")

    user = User.objects.get()
    assert (user.is_organiser, user.is_staff, user.is_superuser, user.is_demo) == (False,) * 4


def test_address_changes_once_the_new_one_is_verified(client, person):
    sign_in(client)
    answer = client.post("/compte/adresse/", {"email": "neuve@exemple.test", "action_add": "1"})
    confirming = client.post(answer["Location"], {"password": SECRET})
    person.refresh_from_db()
    before = person.email
    code = next(one for one in reversed(mail.outbox) if CODE.search(one.body))

    client.post("/inscription/adresse/", {"code": CODE.search(code.body)[0]})

    person.refresh_from_db()
    assert answer["Location"].startswith("/compte/verification/")
    assert confirming["Location"] == "/inscription/adresse/"
    assert (before, person.email, code.to) == (EMAIL, "neuve@exemple.test", ["neuve@exemple.test"])
    assert [one.subject for one in mail.outbox if one.to == [EMAIL]] == ["L’adresse de votre compte a changé"]


def test_address_of_another_is_never_taken(client, person):
    account("autre@exemple.test")
    client.force_login(account("tiers@exemple.test", None))

    client.post("/compte/adresse/", {"email": "autre@exemple.test", "action_add": "1"})
    client.post("/inscription/adresse/", {"code": last_code()})

    assert User.objects.filter(email="autre@exemple.test").count() == 1
    assert EmailAddress.objects.filter(email="autre@exemple.test").count() == 1


def test_lost_password_is_chosen_again_once(client, person):
    elsewhere = type(client)()
    sign_in(elsewhere)
    client.post("/mot-de-passe/", {"email": EMAIL})
    link = LINK.search(mail.outbox[-1].body)[1]
    form = client.get(link)["Location"]

    client.post(form, {"password1": NEW_SECRET, "password2": NEW_SECRET})

    assert sign_in(client, password=SECRET).status_code == 200
    assert sign_in(client, password=NEW_SECRET).status_code == 302
    assert get_user(elsewhere).is_anonymous
    assert "déjà servi" in type(client)().get(link).content.decode()


def test_password_changes_and_other_devices_are_left(client, person):
    elsewhere = type(client)()
    for browser in (client, elsewhere):
        sign_in(browser)

    client.post(
        "/compte/mot-de-passe/", {"oldpassword": SECRET, "password1": NEW_SECRET, "password2": NEW_SECRET}
    )

    assert (get_user(client), get_user(elsewhere).is_anonymous) == (person, True)
    assert [one.subject for one in mail.outbox] == ["Votre mot de passe a changé"]


def test_other_devices_are_left_on_demand(client, person):
    elsewhere = type(client)()
    for browser in (client, elsewhere):
        sign_in(browser)
    listing = client.get("/compte/sessions/").content.decode()

    client.post("/compte/sessions/")

    assert listing.count('class="who"') == 2
    assert (get_user(client), get_user(elsewhere).is_anonymous) == (person, True)
