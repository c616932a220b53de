"""What a year of the label implies."""

from datetime import date, datetime
from typing import TypeVar

When = TypeVar("When", date, datetime)

FIRST_YEAR_BEFORE = 1999


def number(year: int) -> int:
    """The rank of an edition: 2025 is the 26th."""
    return year - FIRST_YEAR_BEFORE


def years_later(at: When, years: int) -> When:
    """The same day and hour of the wall so many years later; the 29th of February becomes the 28th."""
    try:
        return at.replace(year=at.year + years)
    except ValueError:
        return at.replace(year=at.year + years, day=28)
