"""What helps when a search of fiches finds little: the collectivité that is meant, a word spelt otherwise."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Exists, OuterRef

from atlaas.models import Collectivity, PublicSheet
from atlaas.rules.text import expanded
from labels.rules.sheet_filters import SheetFilters

NAMED_MOST = 3
# Words of the services and of the titles of the latest fiches: enough to know how a word is spelt, quick at any size.
TITLES_READ = 3000
LIKENESS = 0.4
SPELLINGS = """
WITH asked AS (
    SELECT DISTINCT word, rank FROM unnest(%(words)s::text[]) WITH ORDINALITY AS told (word, rank)
    WHERE length(word) > 3
),
told AS (
    SELECT name AS line FROM atlaas_service
    UNION ALL
    (SELECT title FROM atlaas_publicsheet ORDER BY updated_at DESC, sheet_id LIMIT %(titles)s)
),
known AS (
    SELECT DISTINCT lower(word) AS word FROM told, regexp_split_to_table(line, '[^[:alnum:]]+') AS word
    WHERE length(word) > 3
)
SELECT DISTINCT ON (asked.rank) asked.word, known.word
FROM asked JOIN known ON similarity(unaccent(known.word), unaccent(asked.word)) >= %(likeness)s
WHERE NOT EXISTS (SELECT 1 FROM known AS same WHERE unaccent(same.word) = unaccent(asked.word))
ORDER BY asked.rank, similarity(unaccent(known.word), unaccent(asked.word)) DESC, known.word
"""


def estimated_size() -> int:
    """How many fiches are public, as PostgreSQL last estimated it (0: never yet): enough to choose a way, not a figure."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest(reltuples, 0)::bigint FROM pg_class WHERE oid = 'atlaas_publicsheet'::regclass"
        )
        size: int = cursor.fetchone()[0]
    return size


def named(filters: SheetFilters, user: object) -> Sequence[Collectivity]:
    """The collectivités of exactly that name that have fiches; one query, none without a text."""
    if not filters.q or filters.collectivite:
        return ()
    theirs = PublicSheet.objects.visible_to(user).filter(collectivity=OuterRef("pk"))
    found = Collectivity.objects.filter(Exists(theirs), sort_key=expanded(filters.q))
    return list(found.with_place()[:NAMED_MOST])


def respelt(q: str) -> str:
    """The text with its unknown words spelt as fiches spell them; empty when there is nothing better to propose."""
    words = q.lower().split()
    with connection.cursor() as cursor:
        cursor.execute(SPELLINGS, {"words": words, "titles": TITLES_READ, "likeness": LIKENESS})
        better = dict(cursor.fetchall())
    return " ".join(better.get(word, word) for word in words) if better else ""
