"""Words found in a text, marked by PostgreSQL with two control characters that no text keeps; told as pieces, never as HTML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

START, STOP = "\x02", "\x03"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `is_found` when it is what was searched."""

    text: str
    is_found: bool


def pieces(marked: str) -> Sequence[Piece]:
    """Cut a marked text; a mark that is alone marks nothing."""
    found = []
    for index, run in enumerate(re.split(f"{START}([^{START}{STOP}]*){STOP}", marked)):
        text = re.sub(f"[{START}{STOP}]", "", run)
        if text:
            found.append(Piece(text, is_found=index % 2 == 1))
    return found
