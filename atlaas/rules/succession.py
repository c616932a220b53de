"""Which code stands today for a code that is no more."""

from collections.abc import Mapping


def in_force(code: str, successors: Mapping[str, str]) -> str:
    """Follow the successions to the last code; a code that nobody took over stays itself.

    A ring (a bad file) ends at the first code met twice rather than never.
    """
    met = {code}
    while (following := successors.get(code)) and following not in met:
        met.add(following)
        code = following
    return code
