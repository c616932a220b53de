"""A dossier at the sitting: its steps, who presides it, and what a decision must be.

No rule of quorum nor of majority was found in the règlement: those below are the house's own, told where they refuse.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from atlaas.rules.refusal import Refused
from atlaas.rules.text import french, plural
from jury.choices import ItemState
from labels.choices import CandidacyState
from labels.rules.ten import TOP, Answer

LONGEST_REASON = 500
WAITING, CALLED, DECIDED, ENDED = ItemState.WAITING, ItemState.CALLED, ItemState.DECIDED, ItemState.ENDED
ASIDE = ItemState.ASIDE
DONE = (ENDED, ASIDE)  # what keeps no sitting open
JUDGED = (
    CandidacyState.FILED,
    CandidacyState.CORRECTING,
)  # what a correction opens stays filed until it is filed anew
WITHDRAWN = "retirée par la collectivité"

# state → step → state; a step that is not here is refused. `move` and `correct` change an ended decision, with a reason;
# only a candidacy that is judged no more is set aside, and it comes back when it is filed again.
STEPS: Mapping[str, Mapping[str, str]] = {
    WAITING: {"call": CALLED, "set_aside": ASIDE},
    CALLED: {"decide": DECIDED, "postpone": WAITING, "set_aside": ASIDE},
    DECIDED: {"undo": CALLED, "end": ENDED, "set_aside": ASIDE},
    ENDED: {"move": ENDED, "correct": ENDED, "set_aside": ASIDE},
    ASIDE: {"add": WAITING},
}
NAMES = {
    "call": "appeler",
    "decide": "décider",
    "postpone": "reporter",
    "undo": "annuler la décision sur",
    "end": "clore",
    "move": "harmoniser",
    "correct": "corriger",
    "set_aside": "mettre de côté",
    "add": "ajouter à l’ordre du jour",
}


def next_state(state: str, step: str) -> str:
    """The state after a step; `Refused` when the dossier cannot take it from where it stands."""
    try:
        return STEPS[state][step]
    except KeyError:
        label = ItemState(state).label
        raise Refused(f"On ne peut pas {NAMES.get(step, step)} un dossier qui est « {label} ».") from None


def check_judged(state: str) -> None:
    """A candidacy (by its state) that was withdrawn is not heard: nothing happens to it but to be set aside."""
    if state not in JUDGED:
        raise Refused("La collectivité a retiré sa candidature : mettez ce dossier de côté.")


def check_set_aside(state: str) -> None:
    """By the state of the candidacy: the jury sets nobody aside of its own will."""
    if state in JUDGED:
        raise Refused("Cette candidature n’est pas retirée : le jury l’entend, ou la reporte.")


@dataclass(frozen=True, slots=True)
class Votes:
    votes_for: int
    against: int
    abstentions: int

    @property
    def total(self) -> int:
        return self.votes_for + self.against + self.abstentions


@dataclass(frozen=True, slots=True)
class Decision:
    """What the jury decides of a dossier; `mentions` holds slugs of the edition's themes."""

    level: int
    votes: Votes
    is_ten: bool = False
    mentions: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a decision is compared with."""

    proposed: int
    ten: Answer
    themes: Collection[str]
    voters: int


def settled(decision: Decision) -> Decision:
    """As it is written: each mention once, in order; the reason in French typography."""
    return replace(decision, mentions=tuple(sorted(set(decision.mentions))), reason=french(decision.reason))


def check_decision(decision: Decision, ground: Ground) -> None:
    """Raise `Refused` with the first thing to mend."""
    _check_votes(decision, ground.voters)
    if not 1 <= decision.level <= TOP:
        raise Refused("Choisissez un niveau, de 1 à 5 arobases.")
    if unknown := set(decision.mentions) - set(ground.themes):
        raise Refused(f"Ce thème de mention n’est pas de cette édition : {min(unknown)}.")
    if decision.is_ten:
        _check_ten(decision, ground.ten)
    _check_length(decision.reason)
    if not decision.reason:
        _check_silence(decision, ground.proposed)


def _check_votes(decision: Decision, voters: int) -> None:
    votes = decision.votes
    if min(votes.votes_for, votes.against, votes.abstentions) < 0:
        raise Refused("Un nombre de voix va de 0 au nombre de membres qui votent.")
    if votes.total != voters:
        raise Refused(
            f"Les voix font {votes.total}, et {plural(voters, 'membre')} votent (présents, déports ôtés) : "
            "qui ne se prononce pas s’abstient."
        )
    if not votes.votes_for:
        raise Refused("Cette décision n’est pas adoptée : personne ne vote pour.")
    if votes.against > votes.votes_for:
        raise Refused("Cette décision n’est pas adoptée : elle a moins de voix pour que contre.")


def _check_ten(decision: Decision, answer: Answer) -> None:
    if decision.level != TOP:
        raise Refused("Le titre TEN demande 5 arobases à cette édition.")
    if answer is Answer.NOT_ELIGIBLE:
        raise Refused("Le titre TEN n’est pas possible : une édition de la suite est connue sous 5 arobases.")
    if answer is Answer.UNPROVED and not decision.reason:
        raise Refused(
            "La suite de 5 arobases n’est pas prouvée : dites en une ligne pourquoi le titre est donné."
        )


def _check_silence(decision: Decision, proposed: int) -> None:
    if decision.level != proposed:
        raise Refused(
            f"Le calcul propose {proposed} @ et la décision est de {decision.level} @ : dites pourquoi en une ligne."
        )
    if decision.votes.against == decision.votes.votes_for:
        raise Refused("Les voix sont partagées : dites en une ligne ce qui a emporté la décision.")


def _check_length(reason: str) -> None:
    if len(reason) > LONGEST_REASON:
        raise Refused(f"Ce motif est trop long : {LONGEST_REASON} signes au plus, une ligne suffit.")


def check_correction(decision: Decision, *, voters: int, ten: Answer, themes: Collection[str]) -> None:
    """After the sitting: the same rules, and always a reason."""
    if not decision.reason:
        raise Refused("Une correction dit pourquoi, en une ligne : elle paraît au procès-verbal.")
    check_decision(decision, Ground(decision.level, ten, themes, voters))


def check_move(*, before: int, after: int, is_ten: bool, reason: str) -> None:
    """A decision moved with others at the end, or corrected after the sitting, always says why."""
    if not 1 <= after <= TOP:
        raise Refused("Un niveau va de 1 à 5 arobases.")
    if before == after:
        raise Refused("Ce niveau est déjà celui qui est décidé : choisissez-en un autre.")
    if is_ten and after != TOP:
        raise Refused(
            "Ce dossier a le titre TEN, qui demande 5 arobases : retirez-le d’abord de ce mouvement."
        )
    if not reason:
        raise Refused("Dites en une ligne pourquoi ces niveaux changent.")
    _check_length(reason)


def presides(*, is_president: bool, is_deputy: bool, president_is_away: bool, is_away: bool) -> bool:
    """Who presides a dossier: the president, or the deputy when the president is away; never who is away.

    Away of a dossier is who is tied to it, and while the sitting is open who is not in the room.
    """
    if is_away:
        return False
    return is_president or (is_deputy and president_is_away)


@dataclass(frozen=True, slots=True)
class Move:
    """A decision to be changed with others: to which level, and the version of it that was read."""

    level: int
    version: int
