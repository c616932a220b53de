"""The cheapest plan, as a flow of least cost (network simplex of NetworkX): a unit of flow is a juror who reads a dossier.

    dossier → juror × category × région → juror × category → juror → end

The n-th unit on an arc of the right-hand side costs 2n - 1 times the weight of its level, so that n units cost the weight times
n²: equal counts are the cheapest. Weights are so far apart that no saving at one level is worth a loss at the level above
(`assignment.Cost`). Nodes are whole numbers, given in the order of the keys shuffled by the seed: the same question has the
same answer, whatever the order of the rows and the run of Python.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from typing import Any

import networkx as nx

from jury.rules.assignment import Dossier, Pair, Task

# A place where flow is counted: a juror, with a category, with a région; the empty one is the end of all.
Place = tuple[int | str, ...]
END: Place = ()


@dataclass(frozen=True, slots=True)
class Weights:
    """From the least to the most important; each is above all that those before can add up to."""

    region: int
    category: int
    change: int
    load: int
    repeat: int

    def of(self, place: Place) -> int:
        return (self.load, self.category, self.region)[len(place) - 1]


def solve(task: Task) -> frozenset[Pair]:
    """Every pair of the plan, the fixed ones included."""
    fixed = task.standing()
    needs = _needs(task, fixed)
    asked = sum(needs.values())
    if not asked:
        return fixed
    graph, arcs = _network(task, fixed, needs, _weights(task, asked))
    _, flow = nx.network_simplex(graph)
    return fixed | {pair for pair, (start, end) in arcs.items() if flow[start][end][0]}


def _needs(task: Task, fixed: Iterable[Pair]) -> dict[str, int]:
    """How many readers each dossier lacks, as far as there is someone left to read it."""
    read = Counter(dossier for _, dossier in fixed)
    return {
        one.key: max(0, min(task.needed, len(task.possible(one))) - read[one.key]) for one in task.dossiers
    }


def _weights(task: Task, asked: int) -> Weights:
    most_squares = len(task.readers) * len(task.dossiers) ** 2
    category = most_squares + 1
    change = category * (most_squares + 1)
    load = change * (asked + 1)
    return Weights(1, category, change, load, load * (most_squares + 1))


def _network(
    task: Task, fixed: frozenset[Pair], needs: dict[str, int], weights: Weights
) -> tuple[Any, dict[Pair, tuple[int, int]]]:
    """The graph, and the arc on which each pair flows."""
    graph: Any = nx.MultiDiGraph()
    graph.add_node(0, demand=sum(needs.values()))
    nodes: dict[Place, int] = {END: 0}
    arcs: dict[Pair, tuple[int, int]] = {}
    offered, taken = Counter[Place](), Counter[Place]()
    readers, dossiers = _shuffled(task)
    for rank, dossier in enumerate(dossiers, start=1):
        graph.add_node(-rank, demand=-needs[dossier.key])
        for reader in readers:
            pair, path = (reader, dossier.key), _path(reader, dossier)
            if pair in fixed:
                taken.update(path)
            elif pair not in task.recused and needs[dossier.key]:
                offered.update(path)
                arcs[pair] = -rank, nodes.setdefault(path[0], len(nodes))
                graph.add_edge(*arcs[pair], capacity=1, weight=_cost(task, pair, weights))
    for place, most in list(offered.items()):
        start, end = (nodes.setdefault(one, len(nodes)) for one in (place, place[:-1]))
        for count in range(taken[place], taken[place] + most):
            graph.add_edge(start, end, capacity=1, weight=weights.of(place) * (2 * count + 1))
    return graph, arcs


def _shuffled(task: Task) -> tuple[list[int], list[Dossier]]:
    dice = Random(task.seed)  # noqa: S311 (settles ties, keeps no secret)
    readers = sorted(one.key for one in task.readers)
    dossiers = sorted(task.dossiers, key=lambda one: one.key)
    dice.shuffle(readers)
    dice.shuffle(dossiers)
    return readers, dossiers


def _path(reader: int, dossier: Dossier) -> tuple[Place, Place, Place]:
    """The places that a pair flows through, one after the other."""
    return (reader, dossier.category, dossier.region), (reader, dossier.category), (reader,)


def _cost(task: Task, pair: Pair, weights: Weights) -> int:
    return weights.change * (pair not in task.today) + weights.repeat * (pair in task.last_year)
