"""The mosaic of a collectivité: a mirror of its services, drawn alike live and from a snapshot."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Any

STEPS = (1, 2, 3, 5)  # fiches from which a tile is of strength 1, 2, 3, 4
MOST_STRONG = 3


@dataclass(frozen=True)
class Tile:
    """A service: how many fiches count for it, how many did at the previous closing (None: no such edition)."""

    code: str
    name: str
    count: int = 0
    before: int | None = None
    is_concerned: bool = True
    is_attested: bool = False

    @property
    def strength(self) -> int:
        """From 0 (no fiche) to 4 (five and more): the shade and the pattern of the tile."""
        return sum(self.count >= step for step in STEPS)

    @property
    def difference(self) -> int | None:
        return None if self.before is None else self.count - self.before

    @property
    def lost(self) -> int:
        """How many fewer than before, 0 when there are not."""
        return max(0, -(self.difference or 0))

    @property
    def is_aside(self) -> bool:
        """Said « non concerné »; a fiche that speaks of the service is stronger than that answer."""
        return not self.is_concerned and not self.count

    @property
    def is_gap(self) -> bool:
        return not self.count and not self.is_aside


@dataclass(frozen=True)
class EnjeuTiles:
    code: str
    name: str
    tiles: tuple[Tile, ...]

    @property
    def covered(self) -> int:
        return sum(tile.count > 0 for tile in self.tiles)

    @property
    def concerned(self) -> int:
        """Of how many services coverage is told, never fewer than those that have a fiche."""
        return sum(not tile.is_aside for tile in self.tiles)


@dataclass(frozen=True)
class FamilyTiles:
    name: str
    enjeux: tuple[EnjeuTiles, ...]


@dataclass(frozen=True)
class Mosaic:
    families: tuple[FamilyTiles, ...]

    @property
    def covered(self) -> int:
        """Services with a fiche at least."""
        return sum(tile.count > 0 for tile in self.tiles)

    @property
    def covered_enjeux(self) -> int:
        return sum(enjeu.covered > 0 for enjeu in self.enjeux)

    @property
    def total(self) -> int:
        """Services of the référentiel."""
        return sum(1 for _ in self.tiles)

    @property
    def total_enjeux(self) -> int:
        return sum(1 for _ in self.enjeux)

    @property
    def aside(self) -> int:
        """Services said « non concerné »."""
        return sum(tile.is_aside for tile in self.tiles)

    @property
    def compares(self) -> bool:
        """Whether its tiles know what counted at the previous closing."""
        return any(tile.before is not None for tile in self.tiles)

    @property
    def is_proposal(self) -> bool:
        return any(not tile.is_attested for tile in self.tiles)

    @property
    def enjeux(self) -> Iterator[EnjeuTiles]:
        return (enjeu for family in self.families for enjeu in family.enjeux)

    @property
    def strong(self) -> list[EnjeuTiles]:
        """At most three enjeux, from the best covered: half of their services, at least, have a fiche."""
        good = [one for one in self.enjeux if 0 < one.concerned <= 2 * one.covered]
        return sorted(good, key=lambda one: -Fraction(one.covered, one.concerned))[:MOST_STRONG]

    @property
    def bare(self) -> list[EnjeuTiles]:
        """Enjeux that concern it and where no service has a fiche."""
        return [one for one in self.enjeux if one.concerned and not one.covered]

    @property
    def tiles(self) -> Iterator[Tile]:
        return (tile for enjeu in self.enjeux for tile in enjeu.tiles)


@dataclass(frozen=True)
class Place:
    """Where a tile stands; rows arrive in the order of the référentiel."""

    family: str
    enjeu: str
    enjeu_name: str
    tile: Tile


def arranged(places: Iterable[Place]) -> Mosaic:
    """The mosaic of places that are already in the order of families, enjeux and services."""
    families = groupby(places, key=lambda place: place.family)
    return Mosaic(tuple(FamilyTiles(name, _enjeux(list(rows))) for name, rows in families))


def _enjeux(places: Sequence[Place]) -> tuple[EnjeuTiles, ...]:
    groups = groupby(places, key=lambda place: (place.enjeu, place.enjeu_name))
    return tuple(EnjeuTiles(code, name, tuple(row.tile for row in rows)) for (code, name), rows in groups)


def in_force(codes: Iterable[str], known: Collection[str], heirs: Mapping[str, Collection[str]]) -> set[str]:
    """The codes that a référentiel knows for those of an older one; `heirs`: by code, what replaces it.

    A service that nothing replaces is none; a ring (a bad file) ends.
    """
    found: set[str] = set()
    met: set[str] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if code in known:
            found.add(code)
        elif code not in met:
            met.add(code)
            waiting += heirs.get(code, ())
    return found


def as_json(mosaic: Mosaic) -> dict[str, Any]:
    """Plain lists, strings and integers, for the canonical JSON of a snapshot; `from_json` reads it back."""
    return {
        "families": [
            {
                "name": family.name,
                "enjeux": [
                    {"code": one.code, "name": one.name, "tiles": [dict(vars(tile)) for tile in one.tiles]}
                    for one in family.enjeux
                ],
            }
            for family in mosaic.families
        ]
    }


def from_json(facts: Mapping[str, Any]) -> Mosaic:
    """The mosaic that `as_json` wrote; `KeyError` or `TypeError` when it did not."""
    return Mosaic(
        tuple(
            FamilyTiles(family["name"], tuple(_enjeu(one) for one in family["enjeux"]))
            for family in facts["families"]
        )
    )


def _enjeu(facts: Mapping[str, Any]) -> EnjeuTiles:
    return EnjeuTiles(facts["code"], facts["name"], tuple(Tile(**tile) for tile in facts["tiles"]))
