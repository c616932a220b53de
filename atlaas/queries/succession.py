"""Codes that are no more, and who took them over; a ring in a bad file ends, it never loops."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db import connection

from atlaas.models import Collectivity, Succession

_FORMER = """
WITH RECURSIVE former (code) AS (
    SELECT old_code FROM atlaas_succession WHERE successor_id = %s
    UNION
    SELECT one.old_code FROM atlaas_succession one
    JOIN atlaas_collectivity successor ON successor.id = one.successor_id
    JOIN former ON former.code = successor.code
)
SELECT code FROM former WHERE code <> %s ORDER BY code
"""

_FINAL = """
WITH RECURSIVE chain (step, id, code) AS (
    SELECT 1, successor.id, successor.code FROM atlaas_succession one
    JOIN atlaas_collectivity successor ON successor.id = one.successor_id WHERE one.old_code = %s
    UNION
    SELECT chain.step + 1, successor.id, successor.code FROM chain
    JOIN atlaas_succession one ON one.old_code = chain.code
    JOIN atlaas_collectivity successor ON successor.id = one.successor_id WHERE chain.step < 20
)
SELECT id FROM chain WHERE code <> %s ORDER BY step DESC LIMIT 1
"""


def former_codes(collectivity: Collectivity) -> list[str]:
    """Every code that ended, directly or by steps, in this collectivité."""
    with connection.cursor() as cursor:
        cursor.execute(_FORMER, [collectivity.pk, collectivity.code])
        return [code for (code,) in cursor.fetchall()]


def successor_of(code: str) -> Collectivity | None:
    """The collectivité that stands today for a former code (at most 20 steps away), or none."""
    with connection.cursor() as cursor:
        cursor.execute(_FINAL, [code, code])
        row = cursor.fetchone()
    return Collectivity.objects.get(pk=row[0]) if row else None


def former_of(codes: Collection[str]) -> dict[str, set[str]]:
    """By code, every code that ended in it, directly or by steps; one query whatever their number."""
    took: dict[str, list[str]] = defaultdict(list)
    for old, new in Succession.objects.order_by("old_code").values_list("old_code", "successor__code"):
        took[new].append(old)
    return {code: _reached(code, took) for code in codes}


def _reached(code: str, took: Mapping[str, Collection[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(took.get(code, ()))
    while waiting:
        one = waiting.pop()
        if one not in found and one != code:
            found.add(one)
            waiting += took.get(one, ())
    return found
