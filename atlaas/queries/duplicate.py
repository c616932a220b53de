"""Fiches of the same collectivité that may already tell the same action."""

from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramSimilarity
from django.db.models import Q

from atlaas.models import Collectivity, Sheet
from atlaas.models.public_sheet import FRENCH

LIKELY = 0.4  # of trigrams in common between two titles
SHORTEST = 8  # signs of a title below which everything looks alike
LIMIT = 3


def likely_duplicates(collectivity: Collectivity, *, title: str, but: UUID | None = None) -> list[Sheet]:
    """The fiches, archived ones left out, whose title is close or that say all the words of this one; at most 3, 1 query."""
    if len(title.strip()) < SHORTEST:
        return []
    words = SearchQuery(title, config=FRENCH)
    rows = Sheet.objects.live().filter(collectivity=collectivity).exclude(pk=but)
    rows = rows.annotate(
        closeness=TrigramSimilarity("title", title),
        told=SearchVector("title", "summary", config=FRENCH),
    )
    found = rows.filter(Q(closeness__gte=LIKELY) | Q(told=words))
    return list(found.order_by("-closeness", "-saved_at", "pk")[:LIMIT])
