"""Evaluations: what one holds, its steps, what is missing before it is handed in, and who sees whose.

The règlement says that the jury judges on a grid, behind closed doors; how it scores is the house's own rule: independent first,
then open, then changed only with a reason.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from atlaas.rules.refusal import Refused
from jury.choices import EvaluationState, RemarkKind

DRAFT, SUBMITTED = EvaluationState.DRAFT, EvaluationState.SUBMITTED
LOWEST, HIGHEST = 0, 4
LEVELS = range(1, 6)
LONGEST_NOTE, LONGEST_REASON = 4000, 300
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# state → step → state; a step that is not here is refused.
STEPS: Mapping[str, Mapping[str, str]] = {
    DRAFT: {"score": DRAFT, "remark": DRAFT, "reread": DRAFT, "hand in": SUBMITTED},
    SUBMITTED: {"remark": SUBMITTED, "change": SUBMITTED},
}
REFUSALS = {
    "score": "Cette évaluation est remise : une note ou un niveau n’y change plus qu’avec une raison.",
    "reread": "Cette évaluation est remise : elle reste celle du dépôt que vous avez lu.",
    "hand in": "Cette évaluation est déjà remise.",
    "change": "Cette évaluation n’est pas remise : notez-la sans donner de raison.",
}


@dataclass(frozen=True, slots=True)
class Comment:
    """What is told of an enjeu: a criterion of the grid, as a strength or as a next step."""

    kind: str
    criterion: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a juror writes of one dossier; scores by criterion, remarks by enjeu, both by primary key."""

    scores: Mapping[int, int] = field(default_factory=dict)
    level: int | None = None
    remarks: Mapping[int, Comment] = field(default_factory=dict)
    note: str = ""


BLANK = Facts()


def advance(state: str, step: str) -> str:
    """The state after a step; `Refused` when the evaluation cannot take it from where it stands."""
    try:
        return STEPS[state][step]
    except KeyError:
        raise Refused(REFUSALS.get(step, "Cette évaluation ne peut pas changer ainsi.")) from None


def step_of(before: Facts, after: Facts) -> str:
    """A score or a level that moves is one step; a remark or the note, which stay free until the sitting closes, another."""
    return "remark" if (before.scores, before.level) == (after.scores, after.level) else "score"


def check_facts(facts: Facts, *, criteria: Collection[int], enjeux: Collection[int]) -> None:
    """Every value is one of the grid, of its category; nothing that a form would not send."""
    remarks = facts.remarks.values()
    if not {*facts.scores, *(one.criterion for one in remarks)} <= set(criteria):
        raise Refused("Ce critère n’est pas de la grille de ce dossier : rechargez la page.")
    for value in facts.scores.values():
        check_value(value)
    if facts.level is not None:
        check_level(facts.level)
    if not set(facts.remarks) <= set(enjeux) or not {one.kind for one in remarks} <= set(RemarkKind.values):
        raise Refused("Cette remarque n’est pas de celles que la grille propose : rechargez la page.")
    if len(facts.note) > LONGEST_NOTE or "\x00" in facts.note:
        raise Refused("La note pour vous tient en 4 000 signes : raccourcissez-la.")


def check_value(value: int) -> None:
    if not LOWEST <= value <= HIGHEST:
        raise Refused("Une note va de 0 à 4.")


def check_level(level: int) -> None:
    if level not in LEVELS:
        raise Refused("Un niveau va de 1 à 5 arobases.")


def check_reason(reason: str, *, before: int | None, after: int) -> int:
    """What was handed in changes to another value, with one line that says why; answers the value before."""
    if before is None:
        raise Refused("Ce critère n’est pas de ceux que vous avez notés : rechargez la page.")
    if before == after:
        raise Refused("C’est déjà la valeur que vous avez remise : choisissez-en une autre.")
    if not reason or "\x00" in reason:
        raise Refused("Dites en une ligne pourquoi vous changez : la raison reste avec les deux valeurs.")
    if len(reason) > LONGEST_REASON:
        raise Refused("La raison tient en 300 signes : raccourcissez-la.")
    return before


def missing(facts: Facts, names: Mapping[int, str]) -> list[str]:
    """What an evaluation lacks before it is handed in: the criteria that have no score, then the level; `names` is the grid."""
    lacking = [name for criterion, name in names.items() if criterion not in facts.scores]
    return [*lacking, *(["le niveau envisagé"] if facts.level is None else [])]


def check_complete(facts: Facts, names: Mapping[int, str]) -> None:
    if not names:
        raise Refused("La grille de cette catégorie n’a pas encore de critère : écrivez à l’association.")
    if lacking := missing(facts, names):
        raise Refused(f"Il manque, avant de remettre : {', '.join(lacking)}.")


def sees_others(own: str | None) -> bool:
    """What others handed in is seen only after one's own; the president is a juror like the others."""
    return own == SUBMITTED


def signature(rank: int, name: str, *, names_open: bool) -> str:
    """Who an evaluation is by: nobody knows, until the president opens the names."""
    return name if names_open else f"Un autre membre ({LETTERS[rank % len(LETTERS)]})"


def state_words(lacking: Collection[str]) -> str:
    """One sentence that says how far an evaluation in progress is."""
    if lacking:
        return f"Avant de remettre, il manque : {', '.join(lacking)}."
    return "Tout est là : vous pouvez remettre."
