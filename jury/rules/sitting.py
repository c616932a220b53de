"""The closed day: its steps, and what it asks before it opens and before it closes."""

from collections.abc import Mapping, Sequence

from atlaas.rules.refusal import Refused
from atlaas.rules.text import plural
from jury.choices import SittingState

PREPARING, OPEN, CLOSED = SittingState.PREPARING, SittingState.OPEN, SittingState.CLOSED
SHOWN = 3

STEPS: Mapping[str, Mapping[str, str]] = {PREPARING: {"open": OPEN}, OPEN: {"close": CLOSED}, CLOSED: {}}
NAMES = {"open": "ouvrir", "close": "clore"}


def next_state(state: str, step: str) -> str:
    """The state after a step; `Refused` when the sitting cannot take it from where it stands."""
    try:
        return STEPS[state][step]
    except KeyError:
        label = SittingState(state).label
        raise Refused(f"On ne peut pas {NAMES.get(step, step)} une séance qui est « {label} ».") from None


def check_opening(*, dossiers: int, is_late: bool, present: int) -> None:
    """`is_late` when an extension still lets someone file: nobody is named, whoever presides may be tied to them."""
    if is_late:
        raise Refused(
            "Un délai accordé par l’association court encore : attendez sa fin avant d’ouvrir la séance."
        )
    if not dossiers:
        raise Refused("Aucun dossier à juger : le jury lit les dossiers déposés, une fois l’édition close.")
    if not present:
        raise Refused("Personne n’est noté présent : cochez les membres qui sont dans la salle.")


def check_closing(*, undecided: Sequence[str], others: bool, is_late: bool = False) -> None:
    """`undecided` names what the president may know of; `others` are open too, which the deputy presides.

    `is_late` when an extension still lets someone file: what arrived after the closing would be judged by nobody.
    """
    if is_late:
        raise Refused(
            "Un délai accordé par l’association court encore : attendez sa fin avant de clore la séance."
        )
    if others:
        raise Refused(
            "Un dossier que préside la suppléance n’est pas clos : désignez-la si ce n’est fait, puis laissez-lui la main."
        )
    if undecided:
        number = len(undecided)
        raise Refused(
            f"{plural(number, 'dossier')} {'n’a' if number < 2 else 'n’ont'} pas de décision close : {_some(undecided)}."
        )


def require_open(state: str) -> None:
    if state == PREPARING:
        raise Refused("La séance n’est pas ouverte.")
    if state == CLOSED:
        raise Refused("La séance est close : une décision ne change plus que par une correction.")


def require_in_room(*, is_inside: bool) -> None:
    """Of whoever conducts an act that only the president may do."""
    if not is_inside:
        raise Refused(
            "Vous n’êtes pas dans la salle : notez votre arrivée dans la liste des membres, puis recommencez."
        )


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(names[:SHOWN])
    more = len(names) - SHOWN
    return f"{shown} et {plural(more, 'autre')}" if more > 0 else shown
