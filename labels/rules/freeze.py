"""Until when each part of an edition may change: nobody files, or judges, by rules that moved meanwhile."""

from collections.abc import Mapping
from datetime import datetime

# Until when: the opening of the window, or the day the palmarès is public.
UNTIL_OPEN, UNTIL_PUBLIC = "open", "public"
LIMITS: Mapping[str, str] = {
    "rulebook": UNTIL_OPEN,
    "criterion": UNTIL_OPEN,
    "section": UNTIL_OPEN,
    "question": UNTIL_OPEN,
    "mentiontheme": UNTIL_PUBLIC,
    "editionmailtext": UNTIL_PUBLIC,
}


def why_frozen(part: str, *, opens_at: datetime | None, published_at: datetime | None, at: datetime) -> str:
    """Why this part (the name of its table) no longer changes at that instant; empty while it may."""
    if published_at is not None:
        return "Cette édition est publiée : elle ne change plus."
    if LIMITS[part] == UNTIL_OPEN and opens_at is not None and opens_at <= at:
        return "Le dépôt est ouvert : règlement, grille et questionnaire ne changent plus pour cette édition."
    return ""
