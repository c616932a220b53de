"""The life of a request to act for a collectivité that has nobody in charge."""

from collections.abc import Mapping

from atlaas.choices import ClaimState
from atlaas.rules.refusal import Refused

STEPS: Mapping[str, Mapping[str, ClaimState]] = {
    ClaimState.PENDING: {"approve": ClaimState.APPROVED, "refuse": ClaimState.REFUSED},
    ClaimState.APPROVED: {},
    ClaimState.REFUSED: {},
}
TAKEN = "Cette collectivité a déjà une personne responsable : c’est à elle d’inviter ses collègues, depuis sa page « Équipe »."


def next_state(state: str, step: str) -> ClaimState:
    try:
        return STEPS[state][step]
    except KeyError:
        raise Refused(f"Cette demande est déjà décidée : elle est {ClaimState(state).label}.") from None


def check_free(managers: int) -> None:
    """A collectivité that someone runs is not claimed from outside."""
    if managers:
        raise Refused(TAKEN)


def check_answer(step: str, answer: str) -> None:
    if step == "refuse" and not answer.strip():
        raise Refused("Dites pourquoi la demande est refusée : la personne lira votre réponse.")
