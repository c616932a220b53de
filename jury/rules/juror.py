"""Seats of a jury: who may take one, and who may leave it."""

from atlaas.rules.refusal import Refused

ASK = "demandez un nouveau lien à l’association."


def check_acceptance(*, invited: str, email: str, is_used: bool, has_left: bool, is_closed: bool) -> None:
    """`invited` and `email` are the address of the seat and the one of who accepts."""
    if has_left:
        raise Refused(f"Cette invitation a été retirée : {ASK}")
    if is_closed:
        raise Refused("La séance de ce jury est close : cette invitation n’ouvre plus rien.")
    if is_used:
        raise Refused(f"Cette invitation a déjà servi : {ASK}")
    if invited != email:
        raise Refused(
            f"Cette invitation est pour {invited}, et vous êtes connecté avec {email} : "
            "connectez-vous avec l’adresse invitée, ou demandez à l’association d’inviter la vôtre."
        )


def check_invitation(*, has_joined: bool, is_closed: bool) -> None:
    if is_closed:
        raise Refused("La séance de ce jury est close : plus personne n’y entre.")
    if has_joined:
        raise Refused("Cette personne est déjà arrivée : elle se connecte avec son compte.")


def check_departure(*, has_scored: bool, is_closed: bool) -> None:
    """Scores have an author who sat: a juror who gave some stays, and recuses themselves where they must."""
    if is_closed:
        raise Refused("La séance de ce jury est close : sa composition ne change plus.")
    if has_scored:
        raise Refused(
            "Cette personne a déjà noté : elle reste dans le jury. "
            "Déclarez un lien en son nom pour l’écarter d’un dossier."
        )
