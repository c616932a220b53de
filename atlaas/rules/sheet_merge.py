"""Two people wrote in one fiche: which fields differ, and who touched them since the text both began from."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

# Fields worth an editable text when two versions are brought together; the others are chosen whole.
LONG = frozenset({"title", "summary", "text", "partners", "links"})


def mark(value: object) -> str:
    """A short fingerprint of one field, to see later whether it changed; it proves nothing, it only sets a default."""
    return f"{zlib.crc32(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()):08x}"


def marks(content: Mapping[str, object]) -> str:
    """The fingerprints of a whole form in one line, « title:1a2b3c4d … »: what the page was made from."""
    return " ".join(f"{name}:{mark(value)}" for name, value in content.items())


def read_marks(line: str) -> dict[str, str]:
    """The fingerprints of a line, whatever it holds: a line that was tampered with only spoils the defaults."""
    pairs = (pair.partition(":") for pair in line.split())
    return {name: value for name, _, value in pairs}


@dataclass(frozen=True)
class Difference:
    """A field that the two texts say otherwise; `choice` is « mine » or « theirs », preset for the person to change."""

    field: str
    mine: object
    theirs: object
    choice: str

    @property
    def is_long(self) -> bool:
        return self.field in LONG


def differences(
    mine: Mapping[str, object], theirs: Mapping[str, object], base: Mapping[str, str]
) -> list[Difference]:
    """The fields of `mine` that `theirs` says otherwise, in the order of the form.

    A field that I left as I found it (its mark is the one of `base`) is preset to theirs: only they changed it.
    """
    return [
        Difference(name, value, theirs[name], "theirs" if base.get(name) == mark(value) else "mine")
        for name, value in mine.items()
        if value != theirs[name]
    ]
