"""How an action spread from fiche to fiche, among those that the public reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from atlaas.models import PublicSheet
from atlaas.rules.diffusion import Branch, Leaf, height, laid_out

DEEPEST = 20
MOST = 200
# Credits may turn round (A inspired B, and B a later version of A): a path never meets itself.
_ROOT = """
WITH RECURSIVE up(id, parent, depth, path) AS (
    SELECT sheet_id, inspired_by_id, 0, ARRAY[sheet_id] FROM atlaas_publicsheet WHERE sheet_id = %(pk)s
    UNION ALL
    SELECT above.sheet_id, above.inspired_by_id, up.depth + 1, up.path || above.sheet_id
    FROM up JOIN atlaas_publicsheet above ON above.sheet_id = up.parent
    WHERE up.depth < %(deepest)s AND NOT above.sheet_id = ANY (up.path)
)
SELECT id FROM up ORDER BY depth DESC LIMIT 1
"""
_TREE = """
WITH RECURSIVE down(id, parent, depth, path) AS (
    SELECT sheet_id, NULL::uuid, 0, ARRAY[sheet_id] FROM atlaas_publicsheet WHERE sheet_id = %(root)s
    UNION ALL
    SELECT below.sheet_id, down.id, down.depth + 1, down.path || below.sheet_id
    FROM down JOIN atlaas_publicsheet below ON below.inspired_by_id = down.id
    WHERE down.depth < %(deepest)s AND NOT below.sheet_id = ANY (down.path)
)
SELECT id, parent FROM down ORDER BY depth, id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Node:
    """A fiche at its place in the drawing; `source` names the collectivité of the one that it credits."""

    leaf: Leaf
    sheet: PublicSheet
    source: str


@dataclass(frozen=True)
class Diffusion:
    """The whole tree a fiche belongs to, in the order of reading; `is_cut` when it has more fiches than are drawn."""

    nodes: Sequence[Node]
    height: int
    is_cut: bool


def diffusion_of(sheet: PublicSheet, user: object) -> Diffusion:
    """From the first public fiche of the line down to the last (3 queries, at most 200 fiches, 20 steps deep)."""
    with connection.cursor() as cursor:
        cursor.execute(_ROOT, {"pk": sheet.pk, "deepest": DEEPEST})
        [root] = cursor.fetchone()
        cursor.execute(_TREE, {"root": root, "deepest": DEEPEST, "most": MOST + 1})
        rows = cursor.fetchall()
    leaves = laid_out(Branch(pk, parent) for pk, parent in rows[:MOST])
    found = _read([leaf.pk for leaf in leaves], user)
    names = {pk: row.collectivity.name for pk, row in found.items()}
    nodes = [
        Node(leaf, found[leaf.pk], names.get(leaf.parent, "") if leaf.parent else "")
        for leaf in leaves
        if leaf.pk in found
    ]
    return Diffusion(nodes, height(leaves), is_cut=len(rows) > MOST)


def _read(ids: Sequence[UUID], user: object) -> dict[UUID, PublicSheet]:
    rows = PublicSheet.objects.visible_to(user).with_place().defer("text", "search").filter(pk__in=ids)
    return {row.pk: row for row in rows}
