"""The statistics of an edition: the only reader of what the worker stored, for pages, API, pictures and mails alike.

All functions answer None (or nothing) for an edition of which only attested lines are known, and for one whose
statistics were never computed: no figure is ever made up from part of a palmarès.
A page that needs several of them takes `of_edition` once (two queries, a third for the printed figures); what only the
page of the statistics shows (départements, levels, coverage) is a query each. None: not known here, never made up.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from atlaas.models import Departement, Region
from labels.choices import Category, LevelClass, PrintedKey
from labels.models import Edition, PrintedFigure, Statistic, StatisticsRun
from labels.rules.ten import Standing

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
    """All figures of one place (none: France), category and class of level (empty: all); see `rules.definitions`."""

    region: Region | None
    category: str
    laureates: int
    levels: tuple[LevelCount, ...]
    ten: int
    mentions: int
    communes: int
    member_communes: int
    inhabitants: int
    departement: Departement | None = None
    level: str = ""
    ten_in_force: int | None = None
    dossiers: int = 0
    sheets: int | None = None
    sheets_new: int | None = None
    sheets_modified: int | None = None
    sheets_renewed: int | None = None


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
    """The stored statistics of one edition, and when they were computed; `rows` are by région and category.

    `compared_with` is the year of the edition that its fiches are compared with, None when none is known here.
    """

    edition: Edition
    computed_at: dt.datetime
    digest: str
    rows: tuple[Figures, ...]
    titles_unknown: tuple[int, ...] = ()
    compared_with: int | None = None

    def figures(self, *, region: Region | None = None, category: str = "") -> Figures:
        """Figures of a région (none: France) and a category (empty: all); zeros where nobody won."""
        found = self._by_key.get((_code(region), category))
        return found or Figures(region, category, 0, _levels({}), 0, 0, 0, 0, 0)

    def by_region(self) -> list[RegionFigures]:
        """One line for each région that has a laureate, in alphabetical order; France is `total()`."""
        return [
            self._line(row.region) for row in self.rows if row.region and not row.category and row.laureates
        ]

    def total(self) -> RegionFigures:
        """The line of France."""
        return self._line(None)

    def titles(self) -> Standing:
        """The titles TEN won in the edition, and in force where that is known."""
        france = self.figures()
        return Standing(self.edition.year, france.ten, france.ten_in_force, self.titles_unknown)

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
    rows = tuple(_read(Statistic.objects.filter(edition=edition, departement=None, level="")))
    before = run.compared_with.year if run.compared_with else None
    return EditionStatistics(edition, run.computed_at, run.digest, rows, tuple(run.titles_unknown), before)


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


def by_departement(edition: Edition) -> list[Figures]:
    """One line for each département that has a laureate, from the most of them; a group of several départements is in none."""
    rows = Statistic.objects.filter(edition=edition, departement__isnull=False, category="", level="")
    ordered = rows.order_by("-laureates", "departement")
    return [one for one in _read(ordered) if one.laureates]


def by_level(edition: Edition) -> list[Figures]:
    """One line of France for each class of level that has a laureate, from 5 @ down."""
    rows = Statistic.objects.filter(edition=edition, region=None, category="").exclude(level="")
    order = list(LevelClass.values)
    return sorted(_read(rows), key=lambda one: order.index(one.level))


def by_category(edition: Edition) -> list[Figures]:
    """One line of France for each category, whether or not it has a laureate."""
    rows = Statistic.objects.filter(edition=edition, region=None, level="").exclude(category="")
    order = list(Category.values)
    return sorted(_read(rows), key=lambda one: order.index(one.category))


PLACES = ("region", "region__name", "region__slug", "region__sort_key")
DEPARTEMENT = ("departement", "departement__name", "departement__slug")
COUNTS = (
    "laureates",
    "ten",
    "ten_in_force",
    "mentions",
    "communes",
    "member_communes",
    "inhabitants",
    "dossiers",
    "sheets",
    "sheets_new",
    "sheets_modified",
    "sheets_renewed",
)


def _read(statistics: QuerySet[Statistic]) -> Iterator[Figures]:
    """The rows, read as plain values: each région is made once for all its rows."""
    regions: dict[str, Region] = {}
    for row in statistics.values(
        *PLACES, *DEPARTEMENT, "category", "level", *COUNTS, *LEVEL_COLUMNS.values()
    ):
        code, name, slug, sort_key = (row[place] for place in PLACES)
        if code:
            regions.setdefault(code, Region(code=code, name=name, slug=slug, sort_key=sort_key))
        levels = {level: row[column] for level, column in LEVEL_COLUMNS.items()}
        yield Figures(
            regions.get(code),
            row["category"],
            levels=_levels(levels),
            departement=_departement(row),
            level=row["level"],
            **{count: row[count] for count in COUNTS},
        )


def _departement(row: Mapping[str, Any]) -> Departement | None:
    code, name, slug = (row[place] for place in DEPARTEMENT)
    return Departement(code=code, name=name, slug=slug) if code else None


def _levels(counts: dict[LevelClass, int]) -> tuple[LevelCount, ...]:
    return tuple(LevelCount(level, counts.get(level, 0)) for level in LevelClass)


def _code(region: Region | None) -> str | None:
    return region.pk if region else None
