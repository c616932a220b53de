"""What the invented jury of the demonstration thinks: pure draws, the same for the same dossier and the same juror."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from labels.rules.assessment import propose_level
from labels.rules.mosaic import Mosaic

LOWEST, HIGHEST = 1, 5  # levels
LEAST, MOST = 0, 4  # values of the grid
BORDER = 8  # one dossier in so many divides its readers
UNREAD, DRAFT = 19, 11  # one reading in so many is not begun, is not handed in
STRENGTHS = 2  # remarks of a juror on a dossier, beside one next step or two

NOTE = "Démonstration : une note pour soi, que personne d’autre ne lit."
REASON = "Démonstration : précisé après discussion."
BIOGRAPHY = "Personne inventée pour la démonstration."
TIE = "Démonstration : un lien inventé."


@dataclass(frozen=True, slots=True)
class Person:
    """An invented member of the jury; `severity` is in levels, above zero for who is generous."""

    name: str
    function: str
    email: str
    severity: float

    @property
    def is_president(self) -> bool:
        return self.email.startswith("presidence@")


_MEMBERS = (
    ("Ariane", "ancienne maire d’une commune rurale", 0.0),
    ("Basile", "chercheur en sciences de l’information", -0.2),
    ("Capucine", "directrice d’un syndicat numérique", 0.1),
    ("Damien", "journaliste de la presse locale", 0.0),
    ("Éloïse", "conseillère numérique", 0.25),
    ("Fabrice", "élu d’une communauté de communes", -0.05),
    ("Gaëlle", "bibliothécaire", 0.15),
    ("Hakim", "délégué à la protection des données", -0.25),
    ("Inès", "présidente d’une association de médiation", 0.2),
    ("Joachim", "directeur général des services", -0.1),
    ("Katell", "enseignante", 0.05),
    ("Lazare", "ingénieur des réseaux", -0.15),
    ("Maëlle", "designer de service public", 0.1),
    ("Nolan", "agent d’accueil d’une mairie", 0.0),
    ("Océane", "économiste des territoires", -0.05),
)
PEOPLE = tuple(
    Person(
        f"{first} Exemple",
        f"{function[0].upper()}{function[1:]} (démonstration)",
        f"jure{place}@demo.example" if place else "presidence@demo.example",
        severity,
    )
    for place, (first, function, severity) in enumerate(_MEMBERS)
)
# Who is tied to what: the place of the juror, the place of the dossier in hundredths of the list, the tie.
TIES = (
    (0, 10, "elected"),
    (2, 25, "employed"),
    (4, 5, "home"),
    (6, 40, "partner"),
    (6, 75, "client"),
    (9, 55, "elected"),
    (11, 65, "home"),
    (13, 90, "client"),
)


class Fate(StrEnum):
    """What became of a reading."""

    UNREAD = "unread"
    DRAFT = "draft"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class Dossier:
    """What a juror finds in a snapshot: its merit (1 to 6, a level and the way to the next), its enjeux from the best covered."""

    code: str
    merit: float
    covered: Sequence[str]
    missing: Sequence[str]


@dataclass(frozen=True, slots=True)
class Opinion:
    """A level, a value by criterion, the codes of enjeux praised and of those to take up next."""

    level: int
    values: Mapping[str, int]
    strengths: Sequence[str]
    next_steps: Sequence[str]


def read(code: str, mosaic: Mosaic, rulebook: Mapping[str, Any]) -> Dossier:
    """A dossier by what it covers, on the scales that its snapshot holds."""
    steps = list(zip(rulebook["service_steps"], rulebook["enjeu_steps"], strict=True))
    merit = _merit(mosaic.covered, mosaic.covered_enjeux, steps)
    enjeux = sorted(mosaic.enjeux, key=lambda one: (-one.covered, one.code))
    covered = [one.code for one in enjeux if one.covered]
    return Dossier(code, merit, covered, [one.code for one in enjeux if not one.covered])


def _merit(services: int, enjeux: int, steps: Sequence[tuple[int, int]]) -> float:
    level = propose_level(services, enjeux, steps)
    if level in {0, len(steps)}:
        return max(level, LOWEST)
    (from_services, from_enjeux), (to_services, to_enjeux) = steps[level - 1], steps[level]
    way = min(
        (services - from_services) / (to_services - from_services),
        (enjeux - from_enjeux) / (to_enjeux - from_enjeux),
    )
    return level + min(max(way, 0.0), 0.99)


def divides(place: int) -> bool:
    """Whether the dossier at a place of the list divides its readers: one level below, at, and above."""
    return place % BORDER == BORDER // 2


def discusses(place: int) -> bool:
    """Whether a score changed there after discussion: one in two of those that divide."""
    return place % (2 * BORDER) == BORDER // 2


def fate_of(place: int, *, is_divided: bool) -> Fate:
    """Of the reading at a place of the list; a divided dossier is read by all."""
    if is_divided:
        return Fate.SUBMITTED
    if place % UNREAD == UNREAD - 1:
        return Fate.UNREAD
    return Fate.DRAFT if place % DRAFT == DRAFT - 1 else Fate.SUBMITTED


def opinion(dossier: Dossier, person: Person, criteria: Sequence[str], *, leaning: int | None) -> Opinion:
    """What a person thinks; `leaning` (-1, 0, 1) is their side on a dossier that divides."""
    random = Random(f"{dossier.code}:{person.email}")  # noqa: S311 (chance, not a secret)
    level = _level(dossier.merit, person.severity, leaning, random)
    values = {
        code: _within(round(level - 1 + 2 * person.severity + random.uniform(-0.9, 0.9)), LEAST, MOST)
        for code in criteria
    }
    strengths = dossier.covered[:STRENGTHS]
    next_steps = dossier.missing[: 1 + random.randrange(2)]
    if leaning == -1 and strengths:  # the most severe asks more of what the others praise
        strengths, next_steps = strengths[1:], [strengths[0], *next_steps]
    return Opinion(level, values, strengths, next_steps)


def _level(merit: float, severity: float, leaning: int | None, random: Random) -> int:
    if leaning is not None:
        return _within(round(merit), LOWEST + 1, HIGHEST - 1) + leaning
    return _within(round(merit + severity + random.uniform(-0.15, 0.15)), LOWEST, HIGHEST)


def _within(number: int, lowest: int, highest: int) -> int:
    return min(max(number, lowest), highest)


def leanings(readers: Sequence[Person]) -> dict[str, int]:
    """The side of each reader of a dossier that divides, by address: the most severe below, the most generous above."""
    ranked = sorted(readers, key=lambda one: (one.severity, one.email))
    last = len(ranked) - 1
    return {one.email: -1 if place == 0 else int(place == last) for place, one in enumerate(ranked)}
