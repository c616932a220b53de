"""What an organiser may write on an award."""

from atlaas.rules.refusal import Refused
from atlaas.rules.text import french

TEN_LEVEL = 5


def check_confirmed_level(level: int, *, is_ten: bool, reason: str) -> None:
    """Refuse a level that cannot be: 1 to 5 arobases, 5 for a titled TEN (a TEN is necessarily at 5); a reason is owed."""
    if level not in range(1, 6):
        raise Refused(french("Un niveau va de 1 à 5 arobases : choisissez l'un des cinq."))
    if is_ten and level != TEN_LEVEL:
        raise Refused(
            french(
                "Ce lauréat a le titre TEN, qui demande 5 arobases : son niveau ne peut pas être plus bas."
            )
        )
    if not reason.strip():
        raise Refused(french("Dites d'où vient ce niveau : la raison est gardée dans l'historique."))
