"""Which fiches count for an edition (règlement: published, tied to a service, less than two years old or still running)."""

from datetime import date


def fresh_since(day: date, years: int) -> date:
    """The first day on which a finished fiche still counts on `day`; 29 February falls back on the 28th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def counts(
    *, is_published: bool, services: int, is_running: bool, told_on: date, day: date, years: int
) -> bool:
    """Whether a fiche counts on `day`; `told_on` is the day of its last published change."""
    return is_published and services > 0 and (is_running or told_on > fresh_since(day, years))
