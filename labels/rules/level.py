"""How a printed level is read: arobases of the press kit, words of an article.

The text that was taken from the press kit of 2025 shows up to six arobases (the scale ends at five), and outside a few
régions never five: there a printed 4 may be a 5. A titled TEN is necessarily at 5 (constraint `award_ten_is_5`).
"""

import re
from dataclasses import dataclass

TOP = 5
MOST_PRINTED = 6
DOUBTFUL = 4


@dataclass(frozen=True)
class Level:
    """A level (none: not known whole), whether it is sure, and the words found in its place."""

    level: int | None
    is_certain: bool
    text: str = ""


def read_printed(printed: int, *, is_legible: bool, is_ten: bool = False) -> Level:
    """Read a number of printed arobases; `is_legible`: its région's part of the list shows fives where there are."""
    if is_ten:
        return Level(TOP, is_certain=True)
    return Level(min(printed, TOP), is_certain=is_legible or printed != DOUBTFUL)


def read_attested(text: str, note: str) -> Level:
    """Read the level of an attested line: a number from 1 to 5, or words (« 4 ou 5 ») that are no level.

    A note that says that the sources contradict each other leaves the level unsure.
    """
    if re.fullmatch(r"[1-5]", text, re.ASCII):
        return Level(int(text), is_certain="contradiction" not in note.lower())
    if re.fullmatch(r"-?[0-9]+", text):
        raise ValueError(f"{text!r:.40} is not a level from 1 to {TOP}")
    return Level(None, is_certain=False, text=text)
