"""Find a collectivité to name it in a form."""

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, F, Q, Value, When

from atlaas.models import Collectivity
from atlaas.rules.text import expanded

LONGEST = 100
MOST = 12


def find_collectivities(words: str) -> list[Collectivity]:
    """At most twelve in force, the exact name or code first; none for a text without letter nor digit (one query)."""
    name, code = expanded(words)[:LONGEST], words.replace("\x00", "").strip().upper()[:LONGEST]
    if not name:
        return []
    met = Q(code=code) | Q(sort_key__startswith=name) | Q(sort_key__trigram_similar=name)
    rank = Case(
        When(Q(sort_key=name) | Q(code=code), then=Value(0)),
        When(sort_key__startswith=name, then=Value(1)),
        default=Value(2),
    )
    rows = Collectivity.objects.current().with_place().filter(met)
    size = F("population").desc(nulls_last=True)
    return list(rows.order_by(rank, TrigramSimilarity("sort_key", name).desc(), size, "code")[:MOST])
