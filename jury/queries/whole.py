"""All decisions of a sitting at once, beside last year's: what the president looks at before closing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jury.choices import ItemState
from jury.models import Item, Juror, Sitting
from jury.queries.room import agenda_of
from jury.rules.item import DONE, Move
from jury.rules.spread import by_level
from labels.choices import Category
from labels.models import Award, Edition

Counts = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Of one category, how many at each of 1 to 5 @: decided this year, and won the year before."""

    category: str
    decided: Counts
    before: Counts

    @property
    def pairs(self) -> list[tuple[int, int]]:
        return list(zip(self.decided, self.before, strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """A closed decision, and the level that was chosen for it; None when it is not ticked."""

    item: Item
    chosen: int | None

    @property
    def shown(self) -> int | None:
        return self.chosen or self.item.level


@dataclass(frozen=True, slots=True)
class Whole:
    """`year_before` is None when no palmarès is public; `lines` are of the closed ones that the reader may know of."""

    rows: Sequence[Row]
    year_before: int | None
    lines: Sequence[Line]
    waiting: int


@dataclass(frozen=True, slots=True)
class Change:
    """A decision that is no longer what was read: how it stands now, and the level that was wanted."""

    item: Item
    wanted: int


def changes(seat: Juror, moves: Mapping[int, Move]) -> list[Change]:
    """What to tell of a move that met another one: each decision that is no longer the version that was read; one query."""
    rows = agenda_of(seat).filter(pk__in=moves)
    return [Change(one, moves[one.pk].level) for one in rows if one.version != moves[one.pk].version]


def whole_of(seat: Juror, sitting: Sitting, chosen: Mapping[int, int]) -> Whole:
    """`chosen` is the level by key of item, as it was typed; three queries."""
    agenda = list(agenda_of(seat))
    ended = [one for one in agenda if one.state == ItemState.ENDED and not one.is_withdrawn]
    levels: dict[str, list[int]] = defaultdict(list)
    for one in ended:
        levels[one.candidacy.category].append(one.level or 0)
    edition = _edition_before(sitting.edition)
    won = _won(edition) if edition else {}
    rows = [
        Row(Category(one).label, by_level(levels[one]), by_level(won.get(one, ()))) for one in Category.values
    ]
    lines = [Line(one, chosen.get(one.pk)) for one in ended]
    return Whole(rows, edition.year if edition else None, lines, sum(one.state not in DONE for one in agenda))


def _edition_before(edition: Edition) -> Edition | None:
    """The latest edition whose palmarès is public and known whole."""
    rows = Edition.objects.visible_to(None).filter(year__lt=edition.year, coverage="complete")
    found: Edition | None = rows.order_by("-year").first()
    return found


def _won(edition: Edition) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    rows = Award.objects.filter(edition=edition, level__isnull=False, level_is_certain=True)
    for category, level in rows.values_list("category", "level"):
        found[category].append(int(level or 0))
    return found
