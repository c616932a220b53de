"""Who reads what: the question, what an answer costs, and what no answer can give.

A plan is better than another when, in this order: fewer readers are missing; fewer dossiers go back to who read that
collectivité last year; loads are closer; fewer people change dossier; each juror has their share of each category, then of
each région within it. Never a recused juror: such a pair is in no plan, whatever else it costs.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from atlaas.rules.text import NARROW, WIDE

# The key of a juror and that of a dossier.
Pair = tuple[int, str]
# Missing readers, readers of last year, squares of loads, pairs that are new, squares by category, then by région.
Cost = tuple[int, int, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Reader:
    key: int
    name: str


@dataclass(frozen=True, slots=True)
class Dossier:
    key: str
    name: str
    category: str
    region: str


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked: `needed` readers a dossier; `fixed` pairs have begun, or were set by hand, and do not move.

    `today` is what stands now, `last_year` who read the same collectivité for the edition before; `away` counts the seated
    jurors who cannot read yet (they have not declared their ties). `seed` settles ties, and nothing else.
    """

    needed: int
    seed: int
    readers: tuple[Reader, ...]
    dossiers: tuple[Dossier, ...]
    recused: frozenset[Pair] = frozenset()
    fixed: frozenset[Pair] = frozenset()
    today: frozenset[Pair] = frozenset()
    last_year: frozenset[Pair] = frozenset()
    away: int = 0

    def possible(self, dossier: Dossier) -> list[Reader]:
        return [one for one in self.readers if (one.key, dossier.key) not in self.recused]

    def standing(self) -> frozenset[Pair]:
        """The fixed pairs that may stay: both sides are still there, and no tie was declared since."""
        readers, dossiers = {one.key for one in self.readers}, {one.key for one in self.dossiers}
        return frozenset(
            (reader, dossier)
            for reader, dossier in self.fixed - self.recused
            if reader in readers and dossier in dossiers
        )


@dataclass(frozen=True, slots=True)
class Shortage:
    """A dossier that cannot have the readers asked for, and why."""

    dossier: str
    name: str
    possible: int
    needed: int
    recused: int
    away: int

    @property
    def sentence(self) -> str:
        """« Exempleville : 2 lecteurs possibles sur 3 demandés (4 déports, 1 absent) »."""
        readers = _counted(self.possible, "lecteur possible", "lecteurs possibles")
        asked = _counted(self.needed, "demandé", "demandés")
        reasons = [
            _counted(number, one, several)
            for number, one, several in (
                (self.recused, "déport", "déports"),
                (self.away, "absent", "absents"),
            )
            if number
        ]
        why = f" ({', '.join(reasons)})" if reasons else ""
        return f"{self.name}{WIDE}: {readers} sur {asked}{why}"


def shortages(task: Task) -> list[Shortage]:
    """The dossiers for which no plan has enough readers, in their order."""
    found = []
    for one in task.dossiers:
        possible = len(task.possible(one))
        if possible < task.needed:
            recused = len(task.readers) - possible
            found.append(Shortage(one.key, one.name, possible, task.needed, recused, task.away))
    return found


def cost_of(task: Task, pairs: Collection[Pair]) -> Cost:
    """What a plan costs; plans are compared from the first number on."""
    places = {one.key: (one.category, one.region) for one in task.dossiers}
    readers = Counter(dossier for _, dossier in pairs)
    return (
        sum(max(0, task.needed - readers[one.key]) for one in task.dossiers),
        len(task.last_year.intersection(pairs)),
        _squares(reader for reader, _ in pairs),
        len(set(pairs) - task.today),
        _squares((reader, places[dossier][0]) for reader, dossier in pairs),
        _squares((reader, places[dossier]) for reader, dossier in pairs),
    )


def _squares(keys: Iterable[object]) -> int:
    return sum(number * number for number in Counter(keys).values())


@dataclass(frozen=True, slots=True)
class Plan:
    """An answer, with the state of things it was made for."""

    pairs: frozenset[Pair]
    today: frozenset[Pair]
    readers: frozenset[int]
    dossiers: frozenset[str]

    @classmethod
    def of(cls, task: Task, pairs: frozenset[Pair]) -> "Plan":
        readers, dossiers = (one.key for one in task.readers), (one.key for one in task.dossiers)
        return cls(pairs, task.today, frozenset(readers), frozenset(dossiers))

    @classmethod
    def read(cls, facts: dict[str, Any]) -> "Plan":
        """The plan that `facts` wrote."""
        pairs, today = (frozenset((one[0], one[1]) for one in facts[name]) for name in ("pairs", "today"))
        return cls(pairs, today, frozenset(facts["readers"]), frozenset(facts["dossiers"]))

    def facts(self) -> dict[str, Any]:
        """The plan as JSON; the same plan always gives the same text."""
        return {
            "pairs": [list(one) for one in sorted(self.pairs)],
            "today": [list(one) for one in sorted(self.today)],
            "readers": sorted(self.readers),
            "dossiers": sorted(self.dossiers),
        }


@dataclass(frozen=True, slots=True)
class Changes:
    """What a plan changes against what stands; each in the order of jurors, then of dossiers."""

    added: list[Pair] = field(default_factory=list)
    removed: list[Pair] = field(default_factory=list)
    kept: list[Pair] = field(default_factory=list)


def changes(plan: Plan) -> Changes:
    return Changes(
        sorted(plan.pairs - plan.today), sorted(plan.today - plan.pairs), sorted(plan.pairs & plan.today)
    )


def misfit(plan: Plan, task: Task) -> str:
    """Why the plan no longer answers the task as it is now, in French; empty while it does."""
    names = {one.key: one.name for one in task.dossiers}
    if plan.readers != {one.key for one in task.readers}:
        return f"Le jury a changé depuis cet aperçu{WIDE}: un membre est parti, ou a déclaré ses liens."
    if plan.dossiers != names.keys():
        return f"Les dossiers ont changé depuis cet aperçu{WIDE}: un dépôt est arrivé, ou a été retiré."
    if recused := _first(plan.pairs & task.recused, names):
        return f"Un déport a été déclaré depuis cet aperçu ({recused})."
    if begun := _first(task.standing() - plan.pairs, names):
        return f"Une lecture a commencé, ou un lecteur a été choisi à la main, depuis cet aperçu ({begun})."
    if plan.today != task.today:
        return f"La répartition a changé depuis cet aperçu{NARROW}; refaites-en un."
    return ""


def _first(pairs: Collection[Pair], names: dict[str, str]) -> str:
    """The name of the first dossier concerned, or nothing."""
    return min((names[dossier] for _, dossier in pairs), default="")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number < 2 else several}"
