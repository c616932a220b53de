"""What an attested line says, as it was found in an article or a page."""

from dataclasses import dataclass

from labels.rules.level import TOP, Level, read_attested

TEN = "TEN"
INSTEAD_OF_A_LEVEL = ("hors concours",)  # the class of 2016 outside the scale, found where a distinction is
SAME_SOURCE = "idem"


@dataclass(frozen=True)
class Attested:
    level: Level
    is_ten: bool
    distinction: str


def read_line(level: str, distinction: str, note: str) -> Attested:
    """Read the columns of a line; a ValueError says what cannot be: a level of 0, a TEN that is not at 5."""
    if distinction in INSTEAD_OF_A_LEVEL and not level:
        return Attested(Level(None, is_certain=False, text=distinction), is_ten=False, distinction="")
    read = read_attested(level, note)
    if distinction != TEN:
        return Attested(read, is_ten=False, distinction=distinction)
    if read.level != TOP:
        raise ValueError(f"a TEN is at {TOP}, not at {level or 'no level'}")
    return Attested(Level(TOP, is_certain=True), is_ten=True, distinction="")


def resolve_source(source: str, last: str) -> tuple[str, str]:
    """Write out « idem » (« idem + more ») with the source named last; gives the source and the one to remember."""
    if not source.lower().startswith(SAME_SOURCE):
        return source, source
    if not last:
        raise ValueError("« idem » with no source above")
    return last + source[len(SAME_SOURCE) :], last
