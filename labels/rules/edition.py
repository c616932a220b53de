"""What a year of the label implies."""

FIRST_YEAR_BEFORE = 1999


def number(year: int) -> int:
    """The rank of an edition: 2025 is the 26th."""
    return year - FIRST_YEAR_BEFORE
