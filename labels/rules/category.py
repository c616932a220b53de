"""The category of a candidacy: territoire for a group, village or ville for a commune."""

from atlaas.choices import CollectivityKind
from labels.choices import Category


def category_of(kind: str, population: int | None, *, village_below: int) -> Category | None:
    """Say the category; None for a commune whose population nobody knows: a person says it, with a reason.

    `village_below` is the rulebook's (no text says the limit: 2,500 inhabitants agrees with the press kit of 2025 but
    for the exceptions that a file gives with their reasons).
    """
    if kind != CollectivityKind.COMMUNE:
        return Category.TERRITOIRE
    if population is None:
        return None
    return Category.VILLAGE if population < village_below else Category.VILLE
