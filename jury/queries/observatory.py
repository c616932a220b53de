"""The observatory of the mentions: by theme of the edition, the dossiers that a juror may know of whose fiches speak of it.

Frozen documents alone are read, and reading them all takes seconds: what they say is kept in the cache under the digest of what was read.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.cache import cache

from jury.models import Juror
from jury.queries.door import judged_by
from jury.rules.observatory import VERSION, Speaking, observed
from labels.models import Candidacy, MentionTheme, Snapshot

KEPT = 24 * 3600  # seconds; a new filing or another theme is another key anyway
Said = Mapping[str, Sequence[Speaking]]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A dossier, with its fiches that speak of the theme."""

    candidacy: Candidacy
    sheets: Sequence[Speaking]


@dataclass(frozen=True, slots=True)
class Observed:
    """A theme and the dossiers that speak of it, by how many of their fiches do, then by name."""

    slug: str
    name: str
    dossiers: Sequence[Speaker]


def observatory(juror: Juror, dossier: UUID | None = None) -> list[Observed]:
    """Every theme by name, over all the dossiers of the door or that one alone; at most four reads, and what the cache asks."""
    themes = dict(
        MentionTheme.objects.filter(edition=juror.edition).order_by("name").values_list("slug", "name")
    )
    rows = judged_by(juror).select_related("collectivity__region").order_by("collectivity__sort_key", "pk")
    found = list(rows.filter(pk=dossier) if dossier else rows)
    said = _said if dossier else _kept
    told = said(themes, [one.filed_id for one in found if one.filed_id])
    return [Observed(slug, name, _ranked(slug, found, told)) for slug, name in themes.items()]


def _ranked(slug: str, candidacies: Sequence[Candidacy], told: Mapping[UUID, Said]) -> list[Speaker]:
    rows = [Speaker(one, told[one.filed_id].get(slug, ())) for one in candidacies if one.filed_id]
    return sorted((one for one in rows if one.sheets), key=lambda one: -len(one.sheets))


def _kept(themes: Mapping[str, str], snapshots: Collection[UUID]) -> Mapping[UUID, Said]:
    """A snapshot never changes: the same ones under the same themes say the same."""
    asked = json.dumps([VERSION, sorted(themes.items()), sorted(map(str, snapshots))])
    key = f"observatory-{hashlib.sha256(asked.encode()).hexdigest()}"
    found: Mapping[UUID, Said] | None = cache.get(key)
    if found is None:
        found = _said(themes, snapshots)
        cache.set(key, found, KEPT)
    return found


def _said(themes: Mapping[str, str], snapshots: Collection[UUID]) -> dict[UUID, Said]:
    """By key of snapshot; one query."""
    rows = Snapshot.objects.filter(pk__in=list(snapshots)).values_list("pk", "document")
    return {pk: observed(themes, _sheets(text)) for pk, text in rows.iterator(chunk_size=20)}


def _sheets(document: str) -> Sequence[Mapping[str, Any]]:
    found: Sequence[Mapping[str, Any]] = json.loads(document).get("sheets", ())
    return found
