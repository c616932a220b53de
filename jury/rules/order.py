"""The order of the dossiers at the sitting: those who must leave the room leave it as few times as possible.

A dossier is the set of its recused members. From one to the next, each member recused of the second and not of the first goes
out. Counted there and back, that is the shortest tour from an empty set by every distinct set, where the way between two sets is
the number of members in one and not in the other; so dossiers of the same set sit together. Up to `EXACT` distinct
sets the tour is the shortest there is (Held and Karp); above, the nearest next one, then improved by turning parts around
(2-opt) and by moving parts (or-opt). Ties go to the order given, and the answer is never worse than that order.
"""

from collections.abc import Collection, Hashable, Sequence
from itertools import pairwise
from typing import TypeVar

EXACT = 10
LONGEST_MOVE = 3

Member = TypeVar("Member", bound=Hashable)


def exits(dossiers: Sequence[Collection[Member]]) -> int:
    """How many times someone leaves the room, when the dossiers are heard in that order."""
    sets = [frozenset[Member](), *(frozenset(one) for one in dossiers)]
    return sum(len(after - before) for before, after in pairwise(sets))


def ordered(dossiers: Sequence[Collection[Member]]) -> list[int]:
    """The ranks of the dossiers, in the order to hear them."""
    sets = [frozenset(one) for one in dossiers]
    distinct = list(dict.fromkeys(one for one in sets if one))
    tour = _shortest(_ways(distinct)) if len(distinct) <= EXACT else _improved(_ways(distinct))
    place = {distinct[one - 1]: rank for rank, one in enumerate(tour, start=1)}
    found = sorted(range(len(sets)), key=lambda rank: (place.get(sets[rank], 0), rank))
    given = list(range(len(sets)))
    return found if exits([sets[rank] for rank in found]) < exits(sets) else given


def _ways(distinct: Sequence[frozenset[Member]]) -> list[list[int]]:
    """How far each set is from each; number 0 is the empty one, where the tour begins and ends."""
    places = [frozenset[Member](), *distinct]
    return [[len(one ^ other) for other in places] for one in places]


def _shortest(ways: list[list[int]]) -> list[int]:
    """The shortest tour, without its 0; of those as short, the first by the order of the sets."""
    number = len(ways) - 1
    if not number:
        return []
    # By (sets that remain, where one stands): the way that remains, and the tour of it.
    best: dict[tuple[int, int], tuple[int, list[int]]] = {
        (0, at): (ways[at][0], []) for at in range(number + 1)
    }
    for left in range(1, 1 << number):
        rest = [one for one in range(1, number + 1) if left >> (one - 1) & 1]
        for at in range(number + 1):
            if at in rest:
                continue
            best[left, at] = min(
                (
                    ways[at][one] + best[left ^ (1 << (one - 1)), one][0],
                    [one, *best[left ^ (1 << (one - 1)), one][1]],
                )
                for one in rest
            )
    return best[(1 << number) - 1, 0][1]


def _improved(ways: list[list[int]]) -> list[int]:
    tour = _nearest(ways)
    while better := _turned(ways, tour) or _shifted(ways, tour):
        tour = better
    return tour


def _nearest(ways: list[list[int]]) -> list[int]:
    at, left, tour = 0, list(range(1, len(ways))), []
    while left:
        at = min(left, key=lambda one: (ways[at][one], one))
        left.remove(at)
        tour.append(at)
    return tour


def _turned(ways: list[list[int]], tour: list[int]) -> list[int] | None:
    """The tour with one part turned around, the first that is shorter; none when there is none."""
    closed = [0, *tour, 0]
    for first in range(1, len(closed) - 2):
        for last in range(first + 1, len(closed) - 1):
            before, after = closed[first - 1], closed[last + 1]
            old = ways[before][closed[first]] + ways[closed[last]][after]
            if ways[before][closed[last]] + ways[closed[first]][after] < old:
                closed[first : last + 1] = reversed(closed[first : last + 1])
                return closed[1:-1]
    return None


def _shifted(ways: list[list[int]], tour: list[int]) -> list[int] | None:
    """The tour with up to three neighbours moved elsewhere, the first that is shorter; none when there is none."""
    for length in range(1, LONGEST_MOVE + 1):
        for first in range(len(tour) - length + 1):
            part, rest = tour[first : first + length], [0, *tour[:first], *tour[first + length :], 0]
            saved = (
                ways[rest[first]][part[0]]
                + ways[part[-1]][rest[first + 1]]
                - ways[rest[first]][rest[first + 1]]
            )
            for at, (before, after) in enumerate(pairwise(rest)):
                added = ways[before][part[0]] + ways[part[-1]][after] - ways[before][after]
                if added < saved:
                    return [*rest[1 : at + 1], *part, *rest[at + 1 : -1]]
    return None
