"""What answers never tell, and how much one may ask."""

import pytest
from django.contrib.auth import get_user
from django.core import mail
from django.urls import reverse

from tests.atlaas.people import EMAIL, NEW_SECRET, account, last_code, seen, sign_in, sign_up

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return account()


UNKNOWN = "inconnue@exemple.test"


@pytest.fixture
def people():
    """A known address, one of a closed account, one without password, one of the demo."""
    account()
    account("partie@exemple.test", is_active=False)
    account("code@exemple.test", None)
    account("demo@exemple.test", None, is_demo=True)


ADDRESSES = (EMAIL, "partie@exemple.test", "code@exemple.test", "demo@exemple.test", UNKNOWN)


def test_wrong_password_is_refused_alike(client, people):
    told = {
        seen(sign_in(type(client)(), email, "un mauvais mot de passe"))[2].replace(email, "")
        for email in ADDRESSES
    }

    assert len(told) == 1
    assert "ne vont pas ensemble" in told.pop()


@pytest.mark.parametrize("path", ["/connexion/code/", "/mot-de-passe/", "/inscription/"])
def test_answers_never_tell_whether_an_address_is_known(client, people, path):
    told, mails = set(), []
    for email in ADDRESSES:
        browser, already = type(client)(), len(mail.outbox)
        answer = browser.post(path, {"email": email, "name": "Camille Exemple", "password1": NEW_SECRET})
        page = browser.get(answer["Location"])
        told.add((seen(answer), seen(page)[0], seen(page)[2].replace(email, "")))
        mails.append(len(mail.outbox) - already)

    assert len(told) == 1
    assert mails == [1] * len(ADDRESSES)


def test_code_for_an_unknown_address_never_opens_anything(client, people):
    client.post("/connexion/code/", {"email": UNKNOWN})

    known = type(client)()
    known.post("/connexion/code/", {"email": EMAIL})
    wrong = [seen(one.post("/connexion/code/saisie/", {"code": "AAAA-BBBB"})) for one in (client, known)]

    assert wrong[0][:2] == wrong[1][:2] == (200, "")
    assert wrong[0][2].replace(UNKNOWN, "") == wrong[1][2].replace(EMAIL, "")


@pytest.mark.parametrize("path", ["/connexion/code/", "/mot-de-passe/"])
def test_demo_account_is_sent_no_way_in(client, path):
    account("demo@exemple.test", None, is_demo=True)

    client.post(path, {"email": "demo@exemple.test"})

    assert [one.subject for one in mail.outbox] == ["Aucun compte Atlaas à cette adresse"]


def test_demo_account_is_not_entered_by_a_password(client):
    account("demo@exemple.test", is_demo=True)

    answer = sign_in(client, "demo@exemple.test")

    assert (answer["Location"], get_user(client).is_anonymous) == ("/connexion/", True)


@pytest.mark.parametrize(
    "name",
    ["account_email", "account_change_password", "account_set_password", "mfa_index", "mfa_activate_totp"],
)
def test_demo_account_is_not_changed(client, name):
    client.force_login(account("demo@exemple.test", None, is_demo=True))

    assert client.get(reverse(name))["Location"] == "/"


def test_ten_wrong_passwords_are_enough(client, person):
    for _ in range(5):
        sign_in(client, password="faux mot de passe")

    answer = sign_in(client)

    assert "Trop d’essais" in answer.content.decode()
    assert get_user(client).is_anonymous


def test_owner_who_is_locked_out_enters_by_a_code(client, person):
    for _ in range(6):
        sign_in(type(client)(), password="faux mot de passe")
    client.post("/connexion/code/", {"email": EMAIL})

    client.post("/connexion/code/saisie/", {"code": last_code()})

    assert get_user(client) == person


def test_too_many_demands_are_told_in_french(client):
    for number in range(20):
        sign_up(client, email=f"a{number}@exemple.test", password1="court")

    answer = sign_up(client)

    assert answer.status_code == 429
    assert "Trop de demandes" in answer.content.decode()


def test_forged_address_of_the_visitor_gives_no_more_tries(client, person):
    for number in range(5):
        client.post(
            "/connexion/",
            {"login": EMAIL, "password": "faux"},
            headers={"X-Forwarded-For": f"10.0.0.{number}"},
        )

    assert "Trop d’essais" in sign_in(client).content.decode()


def test_behind_proxies_the_visitor_is_the_one_they_name(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 2
    codes = [
        client.post(
            "/inscription/",
            {"email": "x"},
            headers={"X-Forwarded-For": f"1.1.1.1, 10.0.0.{number}, 192.0.2.9"},
        ).status_code
        for number in range(25)
    ]

    assert set(codes) == {200}


def test_forged_host_never_gets_into_a_mail(client, person):
    answer = client.post("/mot-de-passe/", {"email": EMAIL}, headers={"Host": "ailleurs.test"})
    forwarded = client.post("/mot-de-passe/", {"email": EMAIL}, headers={"X-Forwarded-Host": "ailleurs.test"})

    assert (answer.status_code, forwarded.status_code) == (400, 302)
    assert [("ailleurs" in one.body, one.body.count("http://testserver/")) for one in mail.outbox] == [
        (False, 1)
    ]
