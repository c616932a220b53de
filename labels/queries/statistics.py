"""The statistics of an edition: the only reader of what the worker stored, for pages, API, pictures and mails alike.

All functions answer None (or nothing) for an edition of which only attested lines are known, and for one whose
statistics were never computed: no figure is ever made up from part of a palmarès.
A page that needs several of them takes `of_edition` once (two queries, a third for the printed figures).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from atlaas.models import Region
from labels.choices import Category, LevelClass, PrintedKey
from labels.models import Edition, PrintedFigure, Statistic, StatisticsRun

LEVEL_COLUMNS = {
    LevelClass.FIVE: "level_5",
    LevelClass.UNCONFIRMED: "level_unconfirmed",
    LevelClass.FOUR: "level_4",
    LevelClass.THREE: "level_3",
    LevelClass.TWO: "level_2",
    LevelClass.ONE: "level_1",
}


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many laureates one class of level has; `level.label` is its French name."""

    level: LevelClass
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one région (none: France) and one category (empty: the three); see `rules.definitions`."""

    region: Region | None
    category: str
    laureates: int
    levels: tuple[LevelCount, ...]
    ten: int
    mentions: int
    communes: int
    member_communes: int
    inhabitants: int


@dataclass(frozen=True, slots=True)
class RegionFigures:
    """One line of « répartition géographique »; `region` is None on the line of France.

    `cities`, `villages` and `territories` count laureates of each category; `total` has all other figures.
    """

    region: Region | None
    cities: int
    villages: int
    territories: int
    total: Figures


@dataclass(frozen=True, slots=True)
class PrintedDifference:
    """A figure that a document prints otherwise than it is computed.

    `printed` is None where the document forgets the figure; `label` is its French name, `place` the document and page.
    """

    key: str
    label: str
    region: Region | None
    printed: int | None
    computed: int
    place: str
    comment: str


@dataclass(frozen=True)
class EditionStatistics:
    """The stored statistics of one edition, and when they were computed."""

    edition: Edition
    computed_at: dt.datetime
    digest: str
    rows: tuple[Figures, ...]

    def figures(self, *, region: Region | None = None, category: str = "") -> Figures:
        """Figures of a région (none: France) and a category (empty: all); zeros where nobody won."""
        found = self._by_key.get((_code(region), category))
        return found or Figures(region, category, 0, _levels({}), 0, 0, 0, 0, 0)

    def by_region(self) -> list[RegionFigures]:
        """One line for each région that has a laureate, in alphabetical order; France is `total()`."""
        return [self._line(row.region) for row in self.rows if row.region and not row.category]

    def total(self) -> RegionFigures:
        """The line of France."""
        return self._line(None)

    def differences(self) -> list[PrintedDifference]:
        """Figures that a document prints otherwise, in the order of `PrintedKey` (one query)."""
        printed = self.edition.printed_figures.select_related("region")
        found = [self._compared(figure) for figure in printed]
        order = list(PrintedKey.values)
        return sorted(
            (one for one in found if one.printed != one.computed), key=lambda one: order.index(one.key)
        )

    @cached_property
    def _by_key(self) -> dict[tuple[str | None, str], Figures]:
        return {(_code(row.region), row.category): row for row in self.rows}

    def _line(self, region: Region | None) -> RegionFigures:
        cities, villages, territories = (
            self.figures(region=region, category=category).laureates
            for category in (Category.VILLE, Category.VILLAGE, Category.TERRITOIRE)
        )
        return RegionFigures(region, cities, villages, territories, self.figures(region=region))

    def _compared(self, figure: PrintedFigure) -> PrintedDifference:
        line = self._line(figure.region)
        computed = {
            PrintedKey.LAUREATES: line.total.laureates,
            PrintedKey.REGION_LAUREATES: line.total.laureates,
            PrintedKey.CITIES: line.cities,
            PrintedKey.VILLAGES: line.villages,
            PrintedKey.TERRITORIES: line.territories,
            PrintedKey.MEMBER_COMMUNES: line.total.member_communes,
            PrintedKey.COMMUNES: line.total.communes,
            PrintedKey.INHABITANTS: line.total.inhabitants,
            PrintedKey.TEN: line.total.ten,
            PrintedKey.MENTIONS: line.total.mentions,
        }[PrintedKey(figure.key)]
        label = PrintedKey(figure.key).label
        return PrintedDifference(
            figure.key, label, figure.region, figure.value, computed, figure.place, figure.comment
        )


def of_edition(edition: Edition) -> EditionStatistics | None:
    """Everything stored for an edition: None when it is only attested, or not computed yet (two queries)."""
    try:
        run = edition.statistics_run
    except StatisticsRun.DoesNotExist:
        return None
    if not edition.is_complete:
        return None
    return EditionStatistics(edition, run.computed_at, run.digest, tuple(_read(edition)))


def figures(edition: Edition, *, region: Region | None = None, category: str = "") -> Figures | None:
    """Figures of a région (none: France) and a category (empty: all)."""
    found = of_edition(edition)
    return found.figures(region=region, category=category) if found else None


def by_region(edition: Edition) -> list[RegionFigures]:
    """« Répartition géographique », région by région."""
    found = of_edition(edition)
    return found.by_region() if found else []


def printed_against_computed(edition: Edition) -> list[PrintedDifference]:
    """What a printed document says otherwise, beside the computed value; empty when all agree."""
    found = of_edition(edition)
    return found.differences() if found else []


def _read(edition: Edition) -> Iterator[Figures]:
    """The rows, read as plain values: each région is made once for all its rows."""
    regions: dict[str, Region] = {}
    places = ("region", "region__name", "region__slug", "region__sort_key")
    counts = ("laureates", "ten", "mentions", "communes", "member_communes", "inhabitants")
    rows = Statistic.objects.filter(edition=edition).values(
        *places, "category", *counts, *LEVEL_COLUMNS.values()
    )
    for row in rows:
        code, name, slug, sort_key = (row[place] for place in places)
        if code:
            regions.setdefault(code, Region(code=code, name=name, slug=slug, sort_key=sort_key))
        levels = {level: row[column] for level, column in LEVEL_COLUMNS.items()}
        yield Figures(
            regions.get(code),
            row["category"],
            levels=_levels(levels),
            **{count: row[count] for count in counts},
        )


def _levels(counts: dict[LevelClass, int]) -> tuple[LevelCount, ...]:
    return tuple(LevelCount(level, counts.get(level, 0)) for level in LevelClass)


def _code(region: Region | None) -> str | None:
    return region.pk if region else None
