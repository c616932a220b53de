"""Figures of an edition from its laureates and their dossiers: pure sums, the same whatever the order of the rows."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import product
from typing import NamedTuple

from labels.choices import Category, LevelClass
from labels.rules.coverage import CoverageRow, coverage
from labels.rules.judged import UNKNOWN, Fates, Judged, fates, filed_before, summed


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
class Holder:
    """A collectivité that holds a title TEN, won in this edition or in one before."""

    code: str
    region: str
    departement: str
    category: str


class Scope(NamedTuple):
    """What a row counts: a place (none: France; a région; a département), a category and a class of level (empty: all)."""

    region: str | None = None
    departement: str | None = None
    category: str = ""
    level: str = ""

    @property
    def order(self) -> tuple[str, str, str, str]:
        """France first, then by codes."""
        return self.region or "", self.departement or "", self.category, self.level


@dataclass(frozen=True, slots=True)
class Row:
    """The figures of one `Scope`. None: not known here.

    `ten` titles were won in the edition, `ten_in_force` collectivités hold one (told of no class of level: a holder may have
    none this year). `dossiers` laureates have a dossier here, from which the fiches are counted.
    """

    region: str | None
    departement: str | None
    category: str
    level: str
    laureates: int
    level_1: int
    level_2: int
    level_3: int
    level_4: int
    level_5: int
    level_unconfirmed: int
    ten: int
    ten_in_force: int | None
    mentions: int
    communes: int
    member_communes: int
    inhabitants: int
    dossiers: int
    sheets: int | None
    sheets_new: int | None
    sheets_modified: int | None
    sheets_renewed: int | None

    @property
    def scope(self) -> Scope:
        return Scope(self.region, self.departement, self.category, self.level)


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the figures of an edition are computed from.

    `inhabitants`: the population of a commune by its code; one that is not known adds nobody. `judged`: the dossiers by code of
    laureate (empty: none was filed here, so that fiches are not known). `before`: those judged in the last edition, None when
    they are not known here. `holders`: None when an edition whose titles still hold is not known whole, one of `titles_unknown`
    (years). `services`: by code, the code of its enjeu; `heirs`: by code of a service, what replaces it.
    """

    laureates: Sequence[Laureate]
    inhabitants: Mapping[str, int]
    judged: Mapping[str, Judged] = field(default_factory=dict)
    before: Sequence[Judged] | None = None
    holders: Sequence[Holder] | None = None
    titles_unknown: Sequence[int] = ()
    services: Mapping[str, str] = field(default_factory=dict)
    heirs: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The figures of an edition; `coverage` is empty when its dossiers are not known here."""

    rows: Sequence[Row]
    coverage: Sequence[CoverageRow]
    titles_unknown: Sequence[int] = ()

    @property
    def digest(self) -> str:
        return digest(self.rows, self.coverage, self.titles_unknown)


def compute(inputs: Inputs) -> Outcome:
    """Every statistic of an edition: a function of its inputs alone, whatever their order."""
    laureates = {one.code for one in inputs.laureates}
    judged = [inputs.judged[code] for code in sorted(laureates & inputs.judged.keys())]
    covered = coverage(judged, inputs.before, inputs.services, inputs.heirs) if inputs.judged else []
    return Outcome(_rows(inputs), covered, sorted(inputs.titles_unknown))


def tally(laureates: Sequence[Laureate], inhabitants: Mapping[str, int]) -> list[Row]:
    """The rows of an edition of which no dossier is known."""
    return _rows(Inputs(laureates, inhabitants))


def digest(
    rows: Iterable[Row], covered: Iterable[CoverageRow] = (), titles_unknown: Sequence[int] = ()
) -> str:
    """The SHA-256 of the figures as canonical JSON: equal figures have equal fingerprints, on any machine."""
    facts = {
        "rows": [asdict(one) for one in sorted(rows, key=lambda one: one.scope.order)],
        "coverage": [asdict(one) for one in sorted(covered, key=lambda one: (one.enjeu, one.service))],
        "titles_unknown": sorted(titles_unknown),
    }
    canonical = json.dumps(facts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(slots=True)
class _Group:
    """What falls into one scope."""

    laureates: list[Laureate] = field(default_factory=list)
    holders: set[str] = field(default_factory=set)


def _rows(inputs: Inputs) -> list[Row]:
    """Every scope that has a laureate or a holder, and those of France always; sorted, France first."""
    groups = {Scope(category=category): _Group() for category in ("", *Category.values)}
    for laureate in inputs.laureates:
        for scope in _scopes(laureate, ("", laureate.level_class)):
            groups.setdefault(scope, _Group()).laureates.append(laureate)
    for holder in inputs.holders or ():
        for scope in _scopes(holder, ("",)):
            groups.setdefault(scope, _Group()).holders.add(holder.code)
    told = _fates(inputs)
    return [_row(scope, groups[scope], inputs, told) for scope in sorted(groups, key=lambda one: one.order)]


def _scopes(one: Laureate | Holder, levels: Sequence[str]) -> Iterator[Scope]:
    places: list[tuple[str | None, str | None]] = [(None, None), (one.region, None)]
    if one.departement:
        places.append((one.region, one.departement))
    for place, category, level in product(places, ("", one.category), levels):
        yield Scope(*place, category, level)


def _fates(inputs: Inputs) -> dict[str, Fates]:
    """What became of the fiches of each laureate that has a dossier."""
    before = None if inputs.before is None else filed_before(inputs.before)
    return {code: fates(dossier, before) for code, dossier in inputs.judged.items()}


def _row(scope: Scope, group: _Group, inputs: Inputs, told: Mapping[str, Fates]) -> Row:
    laureates = group.laureates
    levels = Counter(laureate.level_class for laureate in laureates)
    communes = frozenset[str]().union(*(laureate.communes for laureate in laureates))
    members = frozenset[str]().union(*(laureate.members for laureate in laureates))
    filed = [told[one.code] for one in laureates if one.code in told]
    fiches = summed(filed) if filed or inputs.before is not None else UNKNOWN
    return Row(
        *scope,
        laureates=len(laureates),
        level_1=levels[LevelClass.ONE],
        level_2=levels[LevelClass.TWO],
        level_3=levels[LevelClass.THREE],
        level_4=levels[LevelClass.FOUR],
        level_5=levels[LevelClass.FIVE],
        level_unconfirmed=levels[LevelClass.UNCONFIRMED],
        ten=sum(laureate.is_ten for laureate in laureates),
        ten_in_force=None if inputs.holders is None or scope.level else len(group.holders),
        mentions=sum(laureate.mentions for laureate in laureates),
        communes=len(communes),
        member_communes=len(members),
        inhabitants=sum(inputs.inhabitants.get(code, 0) for code in communes),
        dossiers=len(filed),
        sheets=fiches.sheets if told else None,
        sheets_new=fiches.new if told else None,
        sheets_modified=fiches.modified if told else None,
        sheets_renewed=fiches.renewed if told else None,
    )
