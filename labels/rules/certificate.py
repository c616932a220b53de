"""What a panel or a certificate still says, years later.

A level is an annual vintage (règlement): it is never taken back and never « échu », it is dated, and a later palmarès only
makes it a past one. The title TEN has an end: it is held for so many editions, and is « échu » once the edition after the
last of them is proclaimed. Both turn with a proclamation, never with a day of the calendar.
"""

from dataclasses import dataclass

from atlaas.rules.text import french, listed
from labels.rules.ten import years_held


@dataclass(frozen=True, slots=True)
class Vintage:
    """The edition of an award, and the newest one proclaimed since (itself when none was)."""

    year: int
    newest: int

    @property
    def is_latest(self) -> bool:
        return self.newest <= self.year

    @property
    def words(self) -> str:
        if self.is_latest:
            return french(f"Millésime {self.year} : c’est le dernier palmarès proclamé.")
        return french(
            f"Millésime {self.year}. L’édition {self.newest} est proclamée depuis : ce niveau reste celui de {self.year}."
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A title TEN: the edition that gave it, those it holds for, the newest one proclaimed."""

    year: int
    held_for: int
    newest: int

    @property
    def editions(self) -> list[int]:
        return years_held(self.year, self.held_for)

    @property
    def last(self) -> int:
        return self.editions[-1]

    @property
    def is_over(self) -> bool:
        return self.newest > self.last

    @property
    def state(self) -> str:
        return "échu" if self.is_over else "en vigueur"

    @property
    def words(self) -> str:
        several = len(self.editions) > 1
        span = f"{'les éditions' if several else 'l’édition'} {listed(self.editions)}"
        if self.is_over:
            return french(
                f"Obtenu en {self.year} pour {span} ; l’édition {self.newest} est proclamée depuis."
            )
        return french(
            f"Obtenu en {self.year} pour {span} : il vaut jusqu’à la proclamation de l’édition {self.last + 1}."
        )


@dataclass(frozen=True, slots=True)
class State:
    """What an award said at one moment."""

    level: int | None
    is_certain: bool
    is_ten: bool
    category: str


def changes(before: State, after: State) -> list[str]:
    """What a correction changed, each in a few words; empty when nothing that is published did."""
    told = []
    if before.category != after.category:
        told.append(f"catégorie : {before.category}, puis {after.category}")
    if (before.level, before.is_certain) != (after.level, after.is_certain):
        told.append(f"niveau : {_level(before)}, puis {_level(after)}")
    if before.is_ten != after.is_ten:
        told.append("titre TEN ajouté" if after.is_ten else "titre TEN retiré")
    return [french(one) for one in told]


def _level(state: State) -> str:
    if state.level is None:
        return "non attesté"
    return f"{state.level} @" if state.is_certain else "4 ou 5 @ (à confirmer)"
