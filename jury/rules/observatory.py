"""Which fiches speak of a theme of the mentions: a working proposal, shown as such, that counts and never ranks people.

A fiche speaks of a theme when its title, its summary or its text holds every word of the theme that says something, by its beginning;
words that the whole label says (« numérique », « territoire »…) say nothing here.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from atlaas.rules.text import fold

VERSION = 2  # of what follows: what was found under another one is not shown
STEM, SHORTEST = 6, 4
SAID_EVERYWHERE = frozenset(
    [
        "numerique",
        "numeriques",
        "internet",
        "territoire",
        "territoires",
        "ville",
        "villes",
        "village",
        "villages",
        "citoyen",
        "citoyens",
        "commune",
        "communes",
        "avec",
        "dans",
        "pour",
        "sans",
        "leur",
        "leurs",
        "tous",
        "toutes",
        "plus",
        "entre",
    ]
)
ALIKE = {"mediat": "mediath"}  # médiation, and médiathèque, which begins alike and is another thing
READ = ("title", "summary", "text")  # the fields of a fiche that are read
# How people write the letters that `fold` makes plain.
ACCENTS = {"a": "aàâä", "c": "cç", "e": "eéèêë", "i": "iîï", "o": "oôö", "u": "uùûü", "y": "yÿ"}


@dataclass(frozen=True, slots=True)
class Speaking:
    """A fiche that speaks of a theme, with the words of it that say so: one for each beginning, as it is written there."""

    sheet: str
    title: str
    words: tuple[str, ...]


def stems(theme: str) -> tuple[str, ...]:
    """The beginnings that a text must hold; all words of the theme when each is short or said everywhere."""
    every = fold(theme).split()
    words = [one for one in every if len(one) >= SHORTEST] or every
    telling = [one for one in words if one not in SAID_EVERYWHERE] or words
    return tuple(dict.fromkeys(_beginning(one) for one in telling))


def _beginning(word: str) -> str:
    return next((longer for longer in ALIKE.values() if word.startswith(longer)), word[:STEM])


def speaks_of(text: str, told: Collection[str]) -> bool:
    """`text` folded; each beginning starts a word of it."""
    return bool(told) and all(_starts(f" {text}", one) for one in told)


def _starts(text: str, beginning: str) -> bool:
    """Whether a word of a folded text, each after a space, starts so and not as the one that is alike."""
    other = ALIKE.get(beginning)
    read = text.replace(f" {other}", " ") if other else text
    return f" {beginning}" in read


def observed(
    themes: Mapping[str, str], sheets: Iterable[Mapping[str, Any]]
) -> dict[str, tuple[Speaking, ...]]:
    """By key of theme, the fiches of a filed document that speak of it, in its order; themes that none speaks of are left out."""
    told = {key: stems(name) for key, name in themes.items()}
    found: dict[str, list[Speaking]] = {}
    for sheet in sheets:
        content = sheet["content"]
        text = " ".join(str(content.get(name, "")) for name in READ)
        folded = fold(text)
        for key, wanted in told.items():
            if speaks_of(folded, wanted):
                words = tuple(_said(text, one) for one in wanted)
                found.setdefault(key, []).append(Speaking(sheet.get("id", ""), content["title"], words))
    return {key: tuple(found[key]) for key in themes if key in found}


def counts(themes: Mapping[str, str], sheets: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """By key of theme, how many fiches speak of it."""
    return {key: len(some) for key, some in observed(themes, sheets).items()}


def _said(text: str, beginning: str) -> str:
    """The first word of a text that starts so, in lower case as people write it."""
    found = _pattern(beginning).search(text)
    return found[0].lower() if found else beginning


@lru_cache(maxsize=256)
def _pattern(beginning: str) -> re.Pattern[str]:
    other = ALIKE.get(beginning)
    unlike = f"(?!{_accented(other)})" if other else ""
    return re.compile(rf"\b{unlike}{_accented(beginning)}\w*", re.IGNORECASE)


def _accented(beginning: str) -> str:
    letters = "".join(f"[{ACCENTS[one]}]" if one in ACCENTS else one for one in beginning)
    return letters.replace("[oôö][eéèêë]", "(?:œ|oe)")
