"""A plan as tables: what each juror reads, how each région is shared, who reads each dossier."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jury.rules.assignment import Dossier, Pair, Reader, Task


@dataclass(frozen=True, slots=True)
class Share:
    """What one juror reads: in all, of which begun, today, by category, and in how many régions."""

    reader: Reader
    total: int
    begun: int
    today: int
    by_category: tuple[int, ...]
    regions: int


@dataclass(frozen=True, slots=True)
class RegionShare:
    """How the readings of a région are shared: the least and the most that one juror has."""

    name: str
    dossiers: int
    readings: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Line:
    """A dossier, with its readers: those who stay, those who come, those who go; `begun` are the keys of those who read already."""

    dossier: Dossier
    kept: tuple[Reader, ...]
    added: tuple[Reader, ...]
    removed: tuple[Reader, ...]
    begun: frozenset[int]
    lacks: int

    @property
    def moves(self) -> bool:
        return bool(self.added or self.removed)


def shares(
    task: Task, pairs: Collection[Pair], begun: Collection[Pair], categories: Sequence[str]
) -> list[Share]:
    """A line for each juror, in their order; `by_category` in the order of `categories`."""
    places = {one.key: one for one in task.dossiers}
    read: dict[int, list[str]] = defaultdict(list)
    for reader, dossier in pairs:
        if dossier in places:
            read[reader].append(dossier)
    started, today = (Counter(reader for reader, _ in some) for some in (set(begun) & set(pairs), task.today))
    found = []
    for one in task.readers:
        mine = [places[key] for key in read[one.key]]
        by_category = Counter(dossier.category for dossier in mine)
        told = tuple(by_category[category] for category in categories)
        regions = len({dossier.region for dossier in mine})
        found.append(Share(one, len(mine), started[one.key], today[one.key], told, regions))
    return found


def region_shares(task: Task, pairs: Collection[Pair]) -> list[RegionShare]:
    """A line for each région, in the order of the dossiers."""
    places = {one.key: one.region for one in task.dossiers}
    counts = Counter((reader, places[dossier]) for reader, dossier in pairs if dossier in places)
    found = []
    for name, dossiers in Counter(places.values()).items():
        each = [counts[one.key, name] for one in task.readers] or [0]
        found.append(RegionShare(name, dossiers, sum(each), min(each), max(each)))
    return found


def lines(task: Task, pairs: Collection[Pair], begun: Collection[Pair]) -> list[Line]:
    """A line for each dossier, against what stands today; jurors who left are not named."""
    found = []
    for dossier in task.dossiers:
        now = [one for one in task.readers if (one.key, dossier.key) in pairs]
        before = [one for one in task.readers if (one.key, dossier.key) in task.today]
        found.append(
            Line(
                dossier,
                kept=tuple(one for one in now if one in before),
                added=tuple(one for one in now if one not in before),
                removed=tuple(one for one in before if one not in now),
                begun=frozenset(one.key for one in now if (one.key, dossier.key) in begun),
                lacks=max(0, task.needed - len(now)),
            )
        )
    return found


def repeats(task: Task, pairs: Collection[Pair]) -> list[tuple[Dossier, Reader]]:
    """The dossiers that go back to who read the same collectivité last year."""
    again = task.last_year.intersection(pairs)
    return [
        (dossier, one) for dossier in task.dossiers for one in task.readers if (one.key, dossier.key) in again
    ]
