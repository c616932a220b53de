import datetime as dt

import pytest

from atlaas.rules.invitation import check_acceptance, expiry, fingerprint
from atlaas.rules.refusal import Refused

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
GOOD = {
    "invited": "a@exemple.test",
    "email": "a@exemple.test",
    "now": NOW,
    "expires_at": NOW + dt.timedelta(seconds=1),
    "is_used": False,
    "is_revoked": False,
}


def test_an_invitation_waits_a_fortnight():
    assert expiry(NOW) == dt.datetime(2026, 3, 15, 12, tzinfo=dt.UTC)


def test_a_fingerprint_is_a_sha256():
    assert fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_an_open_invitation_is_accepted_by_its_address():
    check_acceptance(**GOOD)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"email": "b@exemple.test"}, "est pour a@exemple.test, et vous êtes connecté avec b@exemple.test"),
        ({"is_used": True}, "déjà servi"),
        ({"is_revoked": True}, "retirée"),
        ({"expires_at": NOW}, "a expiré"),
    ],
)
def test_any_other_is_refused_with_its_reason(change, words):
    with pytest.raises(Refused, match=words):
        check_acceptance(**GOOD | change)
