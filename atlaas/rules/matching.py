"""Meet names as printed in a document with the official ones, and never guess in silence.

A name is folded (case, accents, ligatures, hyphens, apostrophes, « St » for « Saint »), its legal form is set apart (CC,
« communauté de communes », SMO…) and its articles are dropped. Equal names meet; the others are scored, and a score is
enough only when it is high and nobody else comes near. All the rest is for a person to decide.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from rapidfuzz import fuzz, process

from atlaas.rules.text import expanded, fold

Status = Literal["exact", "matched", "decided", "ambiguous", "unknown", "excluded"]
SETTLED: frozenset[Status] = frozenset({"exact", "matched", "decided"})

# Out of 100, as rapidfuzz's `ratio` counts (2 × signs in common ÷ signs of both names).
ENOUGH = 88.0  # one sign missing, added or changed in a name of nine; of a shorter name, one missing or added
MARGIN = 5.0  # how much better than the second best: one sign in a name of twenty
NEAR = 70.0  # from here on a name is told to whoever decides
SAME_NAME_OTHER_FORM = 95.0  # the same name, the legal form left out or changed since
ALTERNATIVES = 5

FORMS: Mapping[str, str] = {
    "communaute de communes": "cc",
    "communaute d agglomeration": "ca",
    "communaute urbaine": "cu",
    "etablissement public territorial": "ept",
    "syndicat mixte ouvert": "smo",
    "syndicat mixte": "sm",
    **{form: form for form in ("cc", "ca", "cu", "ept", "smo", "sm")},
}
ARTICLES = frozenset({"le", "la", "les", "l", "de", "du", "des", "d"})

_FORM = re.compile(rf"({'|'.join(sorted(FORMS, key=len, reverse=True))}) (?=.)")
_HINT = re.compile(r"(.*\S)\s*\(([^()]+)\)")
_MAIL = re.compile(r"\S+@\S+\.\w+")


@dataclass(frozen=True, slots=True)
class Name:
    """A name made comparable: `full` keeps the articles, `bare` has none; both without the legal `form`."""

    form: str
    full: str
    bare: str

    @classmethod
    @lru_cache(maxsize=100_000)  # all the names of the country, read by several imports in a row
    def of(cls, text: str) -> "Name":
        folded = expanded(text)
        met = _FORM.match(folded)
        full = folded[met.end() :] if met else folded
        bare = " ".join(word for word in full.split() if word not in ARTICLES)
        return cls(FORMS[met[1]] if met else "", full, bare or full)


@dataclass(frozen=True, slots=True)
class Official:
    """A collectivité that a name may mean; `places` are the words that tell homonyms apart: région, département."""

    code: str
    name: str
    region: str
    is_group: bool
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person settled: the code that a name means in a région (or in all of France), or none: not a collectivité."""

    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    official: Official
    score: float

    def __str__(self) -> str:
        return f"{self.official.code} {self.official.name} ({self.score:.0f})"


@dataclass(frozen=True, slots=True)
class Meeting:
    """What became of a printed name; `score` is the one of `official`, or of the best alternative."""

    status: Status
    official: Official | None = None
    score: float = 0.0
    alternatives: tuple[Candidate, ...] = ()
    reason: str = ""


class Index:
    """The official names of one scope: a région, all of France, the laureates of an edition."""

    def __init__(self, officials: Iterable[Official]) -> None:
        self.officials = list(officials)

    @cached_property
    def codes(self) -> frozenset[str]:
        return frozenset(official.code for official in self.officials)

    @cached_property
    def _names(self) -> list[tuple[Official, Name]]:
        return [(official, name) for official in self.officials for name in _names(official)]

    @cached_property
    def _full(self) -> Mapping[tuple[str, str], list[Official]]:
        return self._by(lambda name: name.full)

    @cached_property
    def _bare(self) -> Mapping[tuple[str, str], list[Official]]:
        return self._by(lambda name: name.bare)

    def _by(self, key: Callable[[Name], str]) -> Mapping[tuple[str, str], list[Official]]:
        found: defaultdict[tuple[str, str], dict[str, Official]] = defaultdict(dict)
        for official, name in self._names:
            found[name.form, key(name)][official.code] = official
        return {known: list(officials.values()) for known, officials in found.items()}

    @cached_property
    def _scored(self) -> Mapping[bool, tuple[list[str], list[tuple[Official, Name]]]]:
        """The names to score, those of the communes (False) and those of the groups (True) apart."""
        split = {kind: [pair for pair in self._names if pair[0].is_group is kind] for kind in (False, True)}
        return {kind: ([name.bare for _, name in pairs], pairs) for kind, pairs in split.items()}

    def equals(self, name: Name) -> list[Official]:
        """Those that bear the very name: with its articles if any does, else whatever the articles."""
        return self._full.get((name.form, name.full)) or self._bare.get((name.form, name.bare)) or []

    def nearest(self, name: Name) -> list[Candidate]:
        """The names alike, best first; a name that says its legal form is a group's, whatever the form today."""
        scores: defaultdict[Official, float] = defaultdict(float)
        for official, score in self._alike(name):
            scores[official] = max(scores[official], score)
        ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0].code))
        return [Candidate(official, score) for official, score in ranked[:ALTERNATIVES]]

    def _alike(self, name: Name) -> Iterator[tuple[Official, float]]:
        for kind in (True,) if name.form else (False, True):
            bares, pairs = self._scored[kind]
            for _, score, place in process.extract(
                name.bare, bares, scorer=fuzz.ratio, score_cutoff=NEAR, limit=2 * ALTERNATIVES
            ):
                official, known = pairs[place]
                yield official, score if known.form == name.form else min(score, SAME_NAME_OTHER_FORM)
        yield from self._begun(name)

    def _begun(self, name: Name) -> Iterator[tuple[Official, float]]:
        """Names that the printed one begins with: a place that was added after a commune is told, never taken."""
        words = name.bare.split()
        for size in range(len(words) - 1, 0, -1):
            begun = " ".join(words[:size])
            for official in self._bare.get((name.form, begun), []):
                yield official, min(fuzz.ratio(begun, name.bare), NEAR)


def _names(official: Official) -> set[Name]:
    """« CC du Kreiz-Breizh (CCKB) » bears two names: what stands in brackets is a short form."""
    short = re.sub(r"\s*\([^()]*\)\s*$", "", official.name)
    return {Name.of(official.name), Name.of(short or official.name)}


def meet(printed: str, inside: Index, everywhere: Index | None = None) -> Meeting:
    """Meet one printed name with the officials of `inside`.

    `everywhere` holds those outside too: a name that somebody bears elsewhere is never given to a mere look-alike here.
    """
    if _MAIL.search(printed):
        return Meeting("excluded", reason="an e-mail address")
    text, inside = _hinted(printed, inside)
    name = Name.of(text)
    equals = inside.equals(name)
    if len(equals) == 1:
        return Meeting("exact", equals[0], 100.0)
    if equals:
        return Meeting(
            "ambiguous", None, 100.0, tuple(Candidate(one, 100.0) for one in equals[:ALTERNATIVES])
        )
    elsewhere = everywhere.equals(name) if everywhere else []
    return _scored(inside.nearest(name), elsewhere)


def _hinted(printed: str, inside: Index) -> tuple[str, Index]:
    """Read « Name (place) » as the name in that place, when officials of the scope are there."""
    hint = _HINT.fullmatch(printed.strip())
    if not hint:
        return printed, inside
    place = fold(hint[2])
    there = [one for one in inside.officials if place in one.places]
    return (hint[1], Index(there)) if there else (printed, inside)


def _scored(near: list[Candidate], elsewhere: list[Official]) -> Meeting:
    told = (*near, *(Candidate(one, 100.0) for one in elsewhere))[:ALTERNATIVES]
    if not near or near[0].score < ENOUGH:
        return Meeting("unknown", None, near[0].score if near else 0.0, told)
    if elsewhere or (len(near) > 1 and near[0].score - near[1].score < MARGIN):
        return Meeting("ambiguous", None, near[0].score, told)
    return Meeting("matched", near[0].official, near[0].score, tuple(near[1:]))


@dataclass(frozen=True)
class Matcher:
    """Names met with all the officials, the decisions of people first.

    `decisions` are by folded name and code of the région (empty: all of France); one made for all of France holds
    for a région too, when what it names is there.
    """

    officials: Collection[Official]
    decisions: Mapping[tuple[str, str], Decision]

    @cached_property
    def by_code(self) -> Mapping[str, Official]:
        return {official.code: official for official in self.officials}

    @cached_property
    def everywhere(self) -> Index:
        return Index(self.officials)

    @cached_property
    def _regions(self) -> Mapping[str, Index]:
        found: defaultdict[str, list[Official]] = defaultdict(list)
        for official in self.officials:
            found[official.region].append(official)
        return {region: Index(there) for region, there in found.items()}

    def meet(self, printed: str, *, region: str = "") -> Meeting:
        """Meet a name inside a région (its code), or over all of France."""
        inside = self._regions.get(region, Index(())) if region else self.everywhere
        return self.meet_among(printed, inside, region=region)

    def meet_among(self, printed: str, inside: Index, *, region: str = "") -> Meeting:
        """Meet a name with the officials of a scope of one's own."""
        for scope in dict.fromkeys((region, "")):
            decision = self.decisions.get((fold(printed), scope))
            if decision and not decision.code:
                return Meeting("excluded", reason=decision.reason)
            if decision and decision.code in inside.codes:
                return Meeting("decided", self.by_code[decision.code], 100.0, reason=decision.reason)
        return meet(printed, inside, self.everywhere)
