"""How an action spread: a tree drawn from the top, one fiche a row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

STEP, ROW, MARGIN = 34, 44, 20


@dataclass(frozen=True)
class Branch:
    """A fiche of the tree and the one that it credits (None: the first of all)."""

    pk: UUID
    parent: UUID | None


@dataclass(frozen=True)
class Leaf:
    """A fiche in the order of reading: `depth` 0 is the first of all; `x` and `y` are its point in the drawing."""

    pk: UUID
    depth: int
    x: int
    y: int
    link: str  # the line from the fiche that it credits, as the `d` of a path; empty for the first
    parent: UUID | None = None

    @property
    def label_x(self) -> int:
        return self.x + 16

    @property
    def label_y(self) -> int:
        return self.y + 5


def laid_out(branches: Iterable[Branch]) -> list[Leaf]:
    """Each fiche right under the one it credits, in the order given; what hangs from nothing known begins a tree."""
    listed = list(branches)
    known = {one.pk for one in listed}
    below: dict[UUID | None, list[UUID]] = {}
    for one in listed:
        below.setdefault(one.parent if one.parent in known else None, []).append(one.pk)
    return _walk(below)


def _walk(below: Mapping[UUID | None, list[UUID]]) -> list[Leaf]:
    leaves: list[Leaf] = []
    waiting: list[tuple[UUID, int, Leaf | None]] = [(pk, 0, None) for pk in reversed(below.get(None, []))]
    while waiting:
        pk, depth, parent = waiting.pop()
        x, y = MARGIN + depth * STEP, MARGIN + len(leaves) * ROW
        link = f"M{parent.x} {parent.y}V{y}H{x}" if parent else ""
        leaf = Leaf(pk, depth, x, y, link, parent.pk if parent else None)
        leaves.append(leaf)
        waiting += [(child, depth + 1, leaf) for child in reversed(below.get(pk, []))]
    return leaves


def height(leaves: Iterable[Leaf]) -> int:
    return max((leaf.y for leaf in leaves), default=0) + MARGIN
