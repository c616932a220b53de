"""Which fiches speak of a theme of the mentions: a working proposal, shown as such, that counts and never ranks people.

A fiche speaks of a theme when its title, its summary or its text holds every word of the theme that says something, by its beginning;
words that the whole label says (« numérique », « territoire »…) say nothing here.
"""

import re
from collections.abc import Iterable, Mapping

from atlaas.rules.text import fold

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


def stems(theme: str) -> tuple[str, ...]:
    """The beginnings that a text must hold; all words of the theme when each is short or said everywhere."""
    every = fold(theme).split()
    words = [one for one in every if len(one) >= SHORTEST] or every
    telling = [one for one in words if one not in SAID_EVERYWHERE] or words
    return tuple(dict.fromkeys(one[:STEM] for one in telling))


def speaks_of(text: str, told: Iterable[str]) -> bool:
    """`text` folded; each beginning starts a word of it."""
    wanted = tuple(told)
    return bool(wanted) and all(re.search(rf"\b{re.escape(one)}", text) for one in wanted)


def counts(themes: Mapping[str, str], texts: Iterable[str]) -> dict[str, int]:
    """By key of theme, how many texts speak of it; themes that none speaks of are left out."""
    told = {key: stems(name) for key, name in themes.items()}
    folded = [fold(one) for one in texts]
    found = {key: sum(speaks_of(text, wanted) for text in folded) for key, wanted in told.items()}
    return {key: number for key, number in found.items() if number}
