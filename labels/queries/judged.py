"""The dossiers judged in an edition, as the statistics read them: snapshots stand for ever, so they may be read ahead."""

import json
from collections.abc import Collection, Iterator, Sequence
from uuid import UUID

from labels.models import Award, Candidacy, Edition, Snapshot
from labels.rules.judged import Judged, read

AT_ONCE = 50


def judged_of(edition: Edition) -> dict[str, UUID]:
    """By code of collectivité, the snapshot that the jury reads: the last one filed and not withdrawn."""
    filed = Candidacy.objects.filter(edition=edition, filed__isnull=False).order_by("collectivity__code")
    return dict(filed.values_list("collectivity__code", "filed_id"))


def edition_before(edition: Edition) -> Edition | None:
    """The newest edition before it whose dossiers are known here."""
    known = Candidacy.objects.filter(filed__isnull=False).values("edition")
    return Edition.objects.filter(pk__in=known, year__lt=edition.year).order_by("-year").first()


def judged_before(edition: Edition) -> dict[str, UUID]:
    """Those of an earlier edition; once it has a palmarès, of its laureates only, as its figures count them."""
    filed = judged_of(edition)
    won = set(Award.objects.filter(edition=edition).laureates().values_list("collectivity__code", flat=True))
    return {code: key for code, key in filed.items() if code in won} if won else filed


def read_dossiers(keys: Collection[UUID]) -> Iterator[dict[UUID, Judged]]:
    """What the statistics read of these snapshots, some at a time: a document may hold hundreds of fiches."""
    waiting: Sequence[UUID] = sorted(keys)
    for start in range(0, len(waiting), AT_ONCE):
        rows = Snapshot.objects.filter(pk__in=waiting[start : start + AT_ONCE]).order_by("pk")
        yield {key: read(json.loads(text)) for key, text in rows.values_list("pk", "document")}
