"""A search of fiches as its page says it back: what holds, what could be chosen instead, each with its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from atlaas.rules.text import french
from labels.queries.sheet_facets import Facets, Line
from labels.rules.sheet_filters import DATE, FACETS, FILTERS, RELEVANCE, SheetFilters, Vocabulary

SHOWN = 10  # lines of a list before the others are folded
BY_COUNT = {"service", "departement"}


@dataclass(frozen=True, slots=True)
class Chip:
    """A condition that holds; `without` is the query string of the same search without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a list: how many it finds (None: not counted here), the query string that chooses it."""

    label: str
    count: int | None
    query: str
    is_chosen: bool
    is_proposal: bool


@dataclass(frozen=True, slots=True)
class FacetList:
    name: str
    label: str
    options: Sequence[Option]
    without: str

    @property
    def is_chosen(self) -> bool:
        return any(one.is_chosen for one in self.options)

    @property
    def has_proposal(self) -> bool:
        return any(one.is_proposal for one in self.options)

    @property
    def first(self) -> Sequence[Option]:
        return self.options[:SHOWN]

    @property
    def others(self) -> Sequence[Option]:
        return self.options[SHOWN:]


def chips(filters: SheetFilters) -> Sequence[Chip]:
    text = [Chip("Texte", french(f"« {filters.q} »"), _address(filters.without("q")))] if filters.q else []
    return text + [
        Chip(FILTERS[name], french(one.label), _address(filters.without(name)))
        for name, one in filters.chosen.items()
    ]


def name_of(filters: SheetFilters) -> str:
    """A name to propose for this search: « bus, ville »."""
    return ", ".join([*([filters.q] if filters.q else []), *(one.label for one in filters.chosen.values())])[
        :120
    ]


def lists(filters: SheetFilters, facets: Facets) -> Sequence[FacetList]:
    """The lists that have something to choose, with their counts."""
    made = (_list(filters, name, facets.lists[name]) for name in FACETS)
    return [one for one in made if one.options]


def bare_lists(filters: SheetFilters, vocabulary: Vocabulary) -> Sequence[FacetList]:
    """The same without counts, while those are asked apart."""
    return [
        _list(
            filters,
            name,
            [Line(one, None, one == filters.chosen.get(name)) for one in vocabulary[name].values()],
        )
        for name in FACETS
        if name != "annee" or filters.annee
    ]


def orders(filters: SheetFilters) -> Sequence[Option]:
    """The two orders, when there is a text to be relevant to."""
    names = {RELEVANCE: "par pertinence", DATE: "les plus récentes"}
    return [
        Option(label, None, _address(filters, tri=value), value == filters.order, is_proposal=False)
        for value, label in names.items()
        if filters.q
    ]


def _list(filters: SheetFilters, name: str, lines: Sequence[Line]) -> FacetList:
    without = _address(filters.without(name))
    start = f"{without}&{name}=" if len(without) > 1 else f"?{name}="
    if name in BY_COUNT:
        lines = sorted(lines, key=lambda line: (not line.is_chosen, -(line.count or 0)))
    if name == "annee":
        lines = lines[::-1]
    options = [
        Option(
            french(line.choice.label) if name == "taille" else line.choice.label,
            line.count,
            start + quote(line.choice.value),
            line.is_chosen,
            line.choice.is_proposal,
        )
        for line in lines
    ]
    return FacetList(name, FACETS[name], options, without)


def _address(filters: SheetFilters, **changed: str) -> str:
    """A query string that is never empty: « ? » alone asks everything."""
    return filters.query(**changed) or "?"
