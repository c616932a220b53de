"""Shared fixtures; the database and the broker are started by tools/embedded.py, never from here."""

import time

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client


class SecondFactorClient(Client):
    """A browser whose `force_login` leaves what a sign-in with a code of the telephone leaves in the session.

    Most tests are about what stands behind that gate; those of the gate itself take Django's plain `Client`.
    """

    def force_login(self, user, backend=None):
        super().force_login(user, backend)
        session = self.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": time.time()},
            {"method": "mfa", "at": time.time(), "id": 0, "type": "totp"},
        ]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
        session.save()


@pytest.fixture
def client():
    """Instead of pytest-django's: signed in with a second factor, when a test signs somebody in."""
    return SecondFactorClient()
