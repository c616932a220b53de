"""An invitation: how long it waits, who may accept it, and what is kept of its secret."""

import datetime as dt
import hashlib

from atlaas.rules.refusal import Refused

WAITS = dt.timedelta(days=14)
MOST_WAITING = 50  # for one collectivité, so that no account becomes a way to write to strangers


def expiry(now: dt.datetime) -> dt.datetime:
    return now + WAITS


def fingerprint(secret: str) -> str:
    """SHA-256 of the secret: the only trace of it that is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def check_acceptance(
    *, invited: str, email: str, now: dt.datetime, expires_at: dt.datetime, is_used: bool, is_revoked: bool
) -> None:
    """`invited` and `email` are the address of the invitation and the one of who accepts; `Refused` says what to do instead."""
    if invited != email:
        raise Refused(
            f"Cette invitation est pour {invited}, et vous êtes connecté avec {email} : "
            "connectez-vous avec l’adresse invitée, ou demandez une invitation à la vôtre."
        )
    if is_used:
        raise Refused(
            "Cette invitation a déjà servi : demandez-en une autre à un responsable de la collectivité."
        )
    if is_revoked:
        raise Refused(
            "Cette invitation a été retirée : demandez-en une autre à un responsable de la collectivité."
        )
    if now >= expires_at:
        raise Refused("Cette invitation a expiré : demandez à un responsable de vous l’envoyer à nouveau.")
