"""People with an account, and what they do to enter; used by the tests of accounts."""

import re

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail

from tests.factories.atlaas import UserFactory

SECRET = "mot de passe d’essai"
NEW_SECRET = "un autre secret assez long"
EMAIL = "camille@exemple.test"
CODE = re.compile(r"^[0-9A-Z]{2,}(?:-[0-9A-Z]{2,})+$", re.MULTILINE)
LINK = re.compile(r"^https?://[^/]+(/\S+)$", re.MULTILINE)


def account(email=EMAIL, password=SECRET, *, is_verified=True, **facts):
    user = UserFactory(email=email, **facts)
    user.set_password(password)
    user.save()
    if is_verified:
        EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    return user


def sign_in(client, email=EMAIL, password=SECRET, **more):
    return client.post("/connexion/", {"login": email, "password": password, **more})


def last_code():
    return CODE.search(mail.outbox[-1].body)[0]


def totp_code(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def seen(answer):
    """What the visitor can tell: status, address, text of the page without the token of the form."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return answer.status_code, answer.get("Location", ""), body


def sign_up(client, **changes):
    facts = {"name": "Camille Exemple", "email": EMAIL, "password1": NEW_SECRET}
    return client.post("/inscription/", facts | changes)
