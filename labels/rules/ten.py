"""The title « Territoire d’excellence numérique »."""


def years_held(year: int, held_for: int) -> list[int]:
    """The editions for which a title won in `year` is held, that one counted (règlement: three editions)."""
    return list(range(year, year + held_for))
