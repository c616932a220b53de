"""Figures of an edition from its laureates: pure sums, the same whatever the order of the rows."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass

from labels.choices import Category, LevelClass


@dataclass(frozen=True, slots=True)
class Laureate:
    """One award with a level; `communes` and `members` are INSEE codes of the geography in force.

    `communes` are those it concerns (itself, or the members of an EPCI; none for a syndicat, whose perimeter is not
    known), `members` those among them that it concerns as an EPCI. `code` is the one that won it; a `departement` is
    empty where the geography gives none.
    """

    region: str
    category: str
    level_class: str
    is_ten: bool
    mentions: int
    communes: frozenset[str]
    members: frozenset[str]
    code: str = ""
    departement: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one région (None: France) and one category (empty: all)."""

    region: str | None
    category: str
    laureates: int
    level_1: int
    level_2: int
    level_3: int
    level_4: int
    level_5: int
    level_unconfirmed: int
    ten: int
    mentions: int
    communes: int
    member_communes: int
    inhabitants: int


def tally(laureates: Iterable[Laureate], inhabitants: Mapping[str, int]) -> list[Row]:
    """Every row that has a laureate, and the rows of France always; sorted by région (France first) and category.

    `inhabitants` gives the population of a commune; one without a known population adds nobody.
    """
    groups: dict[tuple[str | None, str], list[Laureate]] = {
        (None, category): [] for category in ("", *Category.values)
    }
    for laureate in laureates:
        for key in _rows_of(laureate):
            groups.setdefault(key, []).append(laureate)
    ordered = sorted(groups, key=lambda key: (key[0] or "", key[1]))
    return [_row(key, groups[key], inhabitants) for key in ordered]


def digest(rows: Iterable[Row]) -> str:
    """The SHA-256 of the rows as canonical JSON: equal figures have equal fingerprints, on any machine."""
    facts = sorted((asdict(row) for row in rows), key=lambda row: (row["region"] or "", row["category"]))
    canonical = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _rows_of(laureate: Laureate) -> Iterator[tuple[str | None, str]]:
    for region in (None, laureate.region):
        yield region, ""
        yield region, laureate.category


def _row(key: tuple[str | None, str], laureates: list[Laureate], inhabitants: Mapping[str, int]) -> Row:
    region, category = key
    levels = Counter(laureate.level_class for laureate in laureates)
    communes = frozenset[str]().union(*(laureate.communes for laureate in laureates))
    members = frozenset[str]().union(*(laureate.members for laureate in laureates))
    return Row(
        region=region,
        category=category,
        laureates=len(laureates),
        level_1=levels[LevelClass.ONE],
        level_2=levels[LevelClass.TWO],
        level_3=levels[LevelClass.THREE],
        level_4=levels[LevelClass.FOUR],
        level_5=levels[LevelClass.FIVE],
        level_unconfirmed=levels[LevelClass.UNCONFIRMED],
        ten=sum(laureate.is_ten for laureate in laureates),
        mentions=sum(laureate.mentions for laureate in laureates),
        communes=len(communes),
        member_communes=len(members),
        inhabitants=sum(inhabitants.get(code, 0) for code in communes),
    )
