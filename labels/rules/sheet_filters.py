"""What a URL may ask of the fiches: read once, the same for the list, the feed, the map, the API and saved searches."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

LONGEST = 200  # characters of a text that is searched
RELEVANCE, DATE = "pertinence", "date"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a filter: as the URL writes it, as people read it, and the primary key of the row it names (as text)."""

    value: str
    label: str
    key: str = ""
    is_proposal: bool = False  # of the référentiel, not attested


@dataclass(frozen=True, slots=True)
class Band:
    """A class of size by inhabitants: from `least` to just under `under` (None: no limit)."""

    value: str
    label: str
    least: int
    under: int | None


# The thresholds of the Code général des collectivités territoriales by which people already know communes: 1,000 (list
# ballot), 3,500 (rights of the opposition, budget debate), 10,000, 50,000 and 100,000 inhabitants. Groups use the same.
BANDS = (
    Band("moins-de-1000", "moins de 1 000 habitants", 0, 1_000),
    Band("1000-3499", "1 000 à 3 499 habitants", 1_000, 3_500),
    Band("3500-9999", "3 500 à 9 999 habitants", 3_500, 10_000),
    Band("10000-49999", "10 000 à 49 999 habitants", 10_000, 50_000),
    Band("50000-99999", "50 000 à 99 999 habitants", 50_000, 100_000),
    Band("100000-et-plus", "100 000 habitants et plus", 100_000, None),
)
SIZES = tuple(Choice(band.value, band.label) for band in BANDS)
RUNNING = (Choice("oui", "en cours"), Choice("non", "terminée"))
ORDERS = (Choice(RELEVANCE, "pertinence"), Choice(DATE, "date de mise à jour"))
# The facets, in the order people meet them, and what each is called.
FACETS: Mapping[str, str] = {
    "famille": "Famille",
    "enjeu": "Enjeu",
    "service": "Service",
    "region": "Région",
    "departement": "Département",
    "categorie": "Catégorie",
    "taille": "Taille de la collectivité",
    "nature": "Nature",
    "encours": "État",
    "annee": "Mise à jour",
}
FILTERS: Mapping[str, str] = {**FACETS, "collectivite": "Collectivité"}
NAMES: Mapping[str, str] = {"q": "Texte", **FILTERS, "tri": "Tri"}

# filter → value → choice: what is known today (`queries.sheet_vocabulary`).
Vocabulary = Mapping[str, Mapping[str, Choice]]


@dataclass(frozen=True, slots=True)
class SheetFilters:
    """What is asked; an empty text or None asks nothing. `tri` empty: relevance with a text, date without."""

    q: str = ""
    famille: Choice | None = None
    enjeu: Choice | None = None
    service: Choice | None = None
    region: Choice | None = None
    departement: Choice | None = None
    categorie: Choice | None = None
    taille: Choice | None = None
    nature: Choice | None = None
    encours: Choice | None = None
    annee: Choice | None = None
    collectivite: Choice | None = None
    tri: str = ""

    def __bool__(self) -> bool:
        return bool(self.q or self.chosen)

    @property
    def chosen(self) -> Mapping[str, Choice]:
        """The filters that hold, by their names in the URL, without the text."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def order(self) -> str:
        """By relevance only when there is a text to be relevant to."""
        return DATE if not self.q else self.tri or RELEVANCE

    def parameters(self) -> dict[str, str]:
        """The URL's parameters in one settled order, so that one search has one address."""
        asked = {"q": self.q} | {name: one.value for name, one in self.chosen.items()} | {"tri": self.tri}
        return {name: value for name, value in asked.items() if value}

    def query(self, **changed: str) -> str:
        """The query string (« ?q=… », or nothing) with some parameters changed, or left out where the value is empty."""
        asked = {name: value for name, value in {**self.parameters(), **changed}.items() if value}
        return f"?{urlencode(asked)}" if asked else ""

    def without(self, name: str) -> "SheetFilters":
        """The same without one filter."""
        empty: Any = "" if name in {"q", "tri"} else None
        return replace(self, **{name: empty})


@dataclass(frozen=True, slots=True)
class Unread:
    """A value that could not be read, and why, in a sentence."""

    name: str
    sentence: str


@dataclass(frozen=True)
class Reading:
    """What was read of a URL: what holds, and what was left aside."""

    filters: SheetFilters
    unread: Sequence[Unread] = field(default_factory=tuple)


def parse(parameters: Mapping[str, str], vocabulary: Vocabulary) -> Reading:
    """Read a URL; what cannot be read asks nothing and is told. Never raises, whatever the values."""
    chosen: dict[str, Choice] = {}
    unread = []
    for name in FILTERS:
        given = cleaned(parameters.get(name, ""))
        if not given:
            continue
        if one := vocabulary.get(name, {}).get(given):
            chosen[name] = one
        else:
            told = f"{FILTERS[name]} : « {shortened(given)} » n’est pas une valeur connue, ce filtre n’est pas appliqué."
            unread.append(Unread(name, told))
    q, told_q = _text(parameters.get("q", ""))
    tri, told_tri = _order(cleaned(parameters.get("tri", "")))
    return Reading(SheetFilters(q=q, tri=tri, **chosen), (*told_q, *unread, *told_tri))


def cleaned(value: str) -> str:
    """A value without control characters (PostgreSQL refuses NUL) nor spaces around."""
    return re.sub(r"[\x00-\x1f\x7f\ud800-\udfff]+", " ", value[: 4 * LONGEST]).strip()


def shortened(value: str, most: int = 60) -> str:
    return value if len(value) <= most else f"{value[:most]}…"


def _text(value: str) -> tuple[str, Iterable[Unread]]:
    text = cleaned(value)
    if len(text) <= LONGEST:
        return text, ()
    return text[:LONGEST].strip(), [
        Unread("q", f"Seuls les {LONGEST} premiers caractères du texte sont cherchés.")
    ]


def _order(value: str) -> tuple[str, Iterable[Unread]]:
    if not value or value in {RELEVANCE, DATE}:
        return value, ()
    return "", [Unread("tri", f"« {shortened(value)} » n’est pas un tri connu : pertinence ou date.")]
