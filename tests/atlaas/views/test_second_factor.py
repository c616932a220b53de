"""The second factor: an application on the telephone, and recovery codes."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user
from django.core import mail

from tests.atlaas.people import EMAIL, SECRET, account, last_code, sign_in, totp_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return account()


@pytest.fixture
def secret(person):
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(person)
    return "JBSWY3DPEHPK3PXP"


def test_second_factor_is_asked_after_the_password(client, person, secret):
    answer = sign_in(client)
    before = get_user(client).is_anonymous

    client.post(answer["Location"], {"code": totp_code(secret)})

    assert (answer["Location"], before) == ("/connexion/deuxieme-facteur/", True)
    assert get_user(client) == person


def test_second_factor_is_asked_after_a_code_by_mail(client, person, secret):
    client.post("/connexion/code/", {"email": EMAIL})

    answer = client.post("/connexion/code/saisie/", {"code": last_code()})

    assert (answer["Location"], get_user(client).is_anonymous) == ("/connexion/deuxieme-facteur/", True)


def test_recovery_code_opens_once(client, person, secret):
    code = person.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    entered = []

    for browser in (client, type(client)()):
        sign_in(browser)
        browser.post("/connexion/deuxieme-facteur/", {"code": code})
        entered.append(get_user(browser).is_authenticated)

    assert entered == [True, False]


def test_code_of_the_telephone_opens_once(client, person, secret):
    code, entered = totp_code(secret), []

    for browser in (client, type(client)()):
        sign_in(browser)
        browser.post("/connexion/deuxieme-facteur/", {"code": code})
        entered.append(get_user(browser).is_authenticated)

    assert entered == [True, False]


@pytest.mark.django_db(transaction=True)
def test_second_factor_is_set_up_and_taken_away(client, person):
    sign_in(client)
    client.post("/compte/verification/?next=/compte/deuxieme-facteur/activer/", {"password": SECRET})
    page = client.get("/compte/deuxieme-facteur/activer/")

    answer = client.post(
        "/compte/deuxieme-facteur/activer/", {"code": totp_code(page.context["form"].secret)}
    )
    kinds = set(Authenticator.objects.values_list("type", flat=True))
    codes = client.get(answer["Location"]).content.decode()
    file = client.get("/compte/codes-de-secours/codes-de-secours.txt").content.decode().split()
    client.post("/compte/deuxieme-facteur/desactiver/")

    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert "img-src 'self' data:" in page["Content-Security-Policy"]
    assert (kinds, answer["Location"]) == ({"totp", "recovery_codes"}, "/compte/codes-de-secours/")
    assert (len(file), all(code in codes for code in file)) == (10, True)
    assert Authenticator.objects.count() == 0
    assert [one.subject for one in mail.outbox] == [
        "Le deuxième facteur est actif",
        "Le deuxième facteur est désactivé",
    ]
