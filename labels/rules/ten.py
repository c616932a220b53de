"""The title « Territoire d’excellence numérique »."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from atlaas.rules.text import NARROW, listed, plural

TOP = 5


def years_held(year: int, held_for: int) -> list[int]:
    """The editions for which a title won in `year` is held, that one counted (règlement: three editions)."""
    return list(range(year, year + held_for))


def years_of_titles(year: int, held_for: int) -> list[int]:
    """The editions whose titles may still be held in `year`, that one last."""
    return list(range(year - held_for + 1, year + 1))


@dataclass(frozen=True, slots=True)
class Standing:
    """The titles of an edition: `won` in it, `in_force` held by as many collectivités (None: not known here).

    `unknown` are the editions whose titles still hold and whose palmarès is not known whole.
    """

    year: int
    won: int
    in_force: int | None
    unknown: Sequence[int] = ()

    @property
    def words(self) -> str:
        """« 40 titres TEN en vigueur, dont 13 remportés en 2025 », or « 13 titres 2025 ; titulaires … non connus ici »."""
        if self.in_force is None:
            lost = f"titulaires {listed(self.unknown)} non connus ici"
            return f"{plural(self.won, 'titre')} {self.year}{NARROW}; {lost}"
        won = f"dont {plural(self.won, 'remporté')} en {self.year}"
        return f"{plural(self.in_force, 'titre TEN', 'titres TEN')} en vigueur, {won}"


def unknown_years(year: int, held_for: int, complete: Collection[int]) -> list[int]:
    """The editions that keep the titles in force in `year` from being told: their palmarès is not known whole."""
    return [one for one in years_of_titles(year, held_for) if one not in complete]


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
