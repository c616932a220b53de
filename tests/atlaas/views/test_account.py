"""Entering and leaving an account, and the pages that know who reads."""

import re

import pytest
from django.conf import settings as configured
from django.contrib.auth import get_user
from django.urls import reverse

from atlaas.views.context import account_mark
from tests.atlaas.people import EMAIL, account, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return account()


@pytest.mark.parametrize("email", [EMAIL, "CAMILLE@Exemple.Test", " camille@exemple.test "])
def test_signing_in_leads_to_the_space(client, person, email):
    answer = sign_in(client, email)

    assert (answer.status_code, answer["Location"], get_user(client)) == (302, "/espace/", person)


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("/donnees/", "/donnees/"),
        ("https://ailleurs.test/", "/espace/"),
        ("//ailleurs.test", "/espace/"),
        ("javascript:alert(1)", "/espace/"),
    ],
)
def test_signing_in_leads_only_to_our_own_pages(client, person, target, place):
    assert sign_in(client, next=target)["Location"] == place


@pytest.mark.parametrize("email", ["", "pas une adresse", "a\x00b@exemple.test"])
def test_unreadable_address_is_told_beside_its_field(client, email):
    answer = sign_in(client, email)

    assert (answer.status_code, "login" in answer.context["form"].errors) == (200, True)


@pytest.mark.parametrize(("more", "lasts"), [({}, True), ({"remember": "on"}, False)])
def test_session_ends_with_the_browser_unless_asked_to_last(client, person, more, lasts):
    sign_in(client, **more)

    assert client.session.get_expire_at_browser_close() is lasts
    assert client.session.get_expiry_age() == 14 * 24 * 3600


def test_signing_in_gives_a_new_session(client, person):
    visit = client.session
    visit["note"] = "avant"
    visit.save()

    sign_in(client)

    assert client.session.session_key != visit.session_key


def test_password_is_kept_by_argon2(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

    assert account().password.startswith("argon2$argon2id$")


def test_pages_for_accounts_lead_to_signing_in(client):
    answer = client.get("/organisation/niveaux/")

    assert (answer.status_code, answer["Location"]) == (302, "/connexion/?next=/organisation/niveaux/")


def test_admin_is_entered_by_the_same_door(client, person):
    answer = client.get("/admin/login/?next=/admin/")
    client.force_login(person)

    assert (answer.status_code, answer["Location"]) == (302, "/connexion/?next=%2Fadmin%2F")
    assert client.get("/admin/login/?next=/admin/").status_code == 403


def test_signing_out_asks_for_a_post(client, person):
    client.force_login(person)

    asked = client.get("/deconnexion/").content.decode()
    is_still_in = get_user(client).is_authenticated
    left = client.post("/deconnexion/")

    assert "data-sign-out" in asked.partition("<main")[2]
    assert is_still_in
    assert (left.status_code, left["Location"], get_user(client).is_anonymous) == (302, "/", True)


def test_page_names_its_reader_without_saying_who(client, person, rf):
    client.force_login(person)

    page = client.get("/accessibilite/").content.decode()

    request = rf.get("/")
    request.user = person
    mark = account_mark(request)
    assert f'<body data-account="{mark}">' in page
    assert (len(mark), mark == account_mark(request)) == (24, True)
    assert page.count("data-sign-out") == 1


def test_page_of_a_visitor_names_nobody(client):
    assert "<body>" in client.get("/accessibilite/").content.decode()


def test_every_address_is_in_french():
    english = re.compile(r"log(in|out)|sign|password|email|account|confirm|reset|recovery|generate|delete")
    names = [
        "account_login", "account_logout", "account_signup", "account_email", "account_reset_password",
        "account_change_password", "account_set_password", "account_reauthenticate", "account_inactive",
        "account_request_login_code", "account_confirm_login_code", "account_email_verification_sent",
        "mfa_index", "mfa_authenticate", "mfa_activate_totp", "mfa_generate_recovery_codes", "usersessions_list",
    ]  # fmt: skip

    assert [path for name in names if english.search(path := reverse(name))] == []


def test_settings_name_forms_that_exist():
    assert sorted(configured.ACCOUNT_FORMS) == sorted(
        [
            "add_email",
            "change_password",
            "confirm_email_verification_code",
            "confirm_login_code",
            "login",
            "reauthenticate",
            "request_login_code",
            "reset_password",
            "reset_password_from_key",
            "set_password",
            "signup",
        ]
    )


OWN_PAGES = {
    "account_email": 6,
    "account_set_password": 2,
    "mfa_index": 4,
    "socialaccount_connections": 3,
    "usersessions_list": 3,
}


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_page_takes_few_queries(client, django_assert_num_queries, name):
    client.force_login(account(password=None))

    with django_assert_num_queries(OWN_PAGES[name]):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_page_asks_for_an_account(client, name):
    assert client.get(reverse(name))["Location"].startswith("/connexion/?next=/compte/")
