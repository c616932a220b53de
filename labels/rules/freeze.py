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
    "jurymember": UNTIL_PUBLIC,
    "mentiontheme": UNTIL_PUBLIC,
    "editionmailtext": UNTIL_PUBLIC,
    "editorialblock": UNTIL_PUBLIC,
}
# A palmarès that a file brought was public before anybody could type what goes with it.
TYPED_LATE = frozenset({"editorialblock"})


WINDOW = ("opens_at", "closes_at", "closing_clock", "referential_year")
CEREMONY = ("jury_on", "ceremony_on")


def why_date_frozen(
    name: str,
    *,
    opens_at: datetime | None,
    closes_at: datetime | None,
    published_at: datetime | None,
    at: datetime,
) -> str:
    """Why this date (of `WINDOW` or `CEREMONY`) no longer moves at that instant; empty while it may.

    A jury or a ceremony may be put off until the palmarès is public.
    """
    if published_at is not None:
        return "Cette édition est publiée : elle ne change plus."
    if name in WINDOW and closes_at is not None and closes_at <= at:
        return "Le dépôt est clos : accordez un délai à une candidature plutôt que de rouvrir l’édition."
    if name in {"opens_at", "referential_year"} and opens_at is not None and opens_at <= at:
        return "Le dépôt est ouvert : son ouverture ne change plus, ni son référentiel."
    return ""


def why_frozen(part: str, *, opens_at: datetime | None, published_at: datetime | None, at: datetime) -> str:
    """Why this part (the name of its table) no longer changes at that instant; empty while it may."""
    if part in TYPED_LATE and opens_at is None:
        return ""
    if published_at is not None:
        return "Cette édition est publiée : elle ne change plus."
    if LIMITS[part] == UNTIL_OPEN and opens_at is not None and opens_at <= at:
        return "Le dépôt est ouvert : règlement, grille et questionnaire ne changent plus pour cette édition."
    return ""
