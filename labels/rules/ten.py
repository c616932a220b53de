"""The title « Territoire d’excellence numérique »."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

TOP = 5


def years_held(year: int, held_for: int) -> list[int]:
    """The editions for which a title won in `year` is held, that one counted (règlement: three editions)."""
    return list(range(year, year + held_for))


class Answer(Enum):
    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    UNPROVED = "unproved"


class Proof(Enum):
    """What is known of one edition of the run."""

    TOP = "5 @"
    BELOW = "moins de 5 @"
    ABSENT = "pas de candidature"
    DOUBTFUL = "niveau à confirmer"
    MISSING = "rien de connu"


AGAINST = {Proof.BELOW, Proof.ABSENT}


@dataclass(frozen=True, slots=True)
class Known:
    """What a source tells of one edition; `level` is None when it tells none, `is_there` false when it left no trace of them."""

    level: int | None = None
    is_certain: bool = True
    is_there: bool = True

    @property
    def proof(self) -> Proof:
        if not self.is_there:
            return Proof.ABSENT
        if self.level is None or not self.is_certain:
            return Proof.DOUBTFUL
        return Proof.TOP if self.level == TOP else Proof.BELOW


@dataclass(frozen=True, slots=True)
class Eligibility:
    """The answer with its proof: the editions asked for, the judged one first."""

    answer: Answer
    run: Mapping[int, Proof]

    @property
    def missing(self) -> list[int]:
        """The editions that nothing proves; an attestation with its source may be attached to each."""
        return [year for year, proof in self.run.items() if proof in {Proof.MISSING, Proof.DOUBTFUL}]

    @property
    def against(self) -> list[int]:
        """The editions known to break the run."""
        return [year for year, proof in self.run.items() if proof in AGAINST]


def eligibility(year: int, known: Mapping[int, Known], *, run_over: int, counts_current: bool) -> Eligibility:
    """Whether the title may be won in `year` (règlement: 5 @ there, and for more than seven editions in a row).

    `known` holds what is known by edition, the judged one included; an edition is asked for each year. The judged one counts in
    the run when `counts_current`, and is at 5 @ in any case.
    """
    length = run_over + (1 if counts_current else 2)
    run = {one: known[one].proof if one in known else Proof.MISSING for one in range(year, year - length, -1)}
    proofs = set(run.values())
    if proofs & AGAINST:
        return Eligibility(Answer.NOT_ELIGIBLE, run)
    return Eligibility(Answer.ELIGIBLE if proofs == {Proof.TOP} else Answer.UNPROVED, run)
