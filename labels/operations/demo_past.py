"""The demonstration's dossiers of the year before its closed edition: for the jury to compare with, never shown in public.

They belong to a real edition, of which only attested lines are known here: no award, no level comes with them, and each
snapshot says that it is invented.
"""

import json
from datetime import timedelta

from django.db import transaction

from labels.choices import CandidacyState
from labels.models import Candidacy, Edition, Snapshot
from labels.operations.snapshot import next_number
from labels.rules.demo_past import past_document
from labels.rules.snapshot import canonical, sha256

YEAR = timedelta(days=365)


@transaction.atomic
def add_past(candidacy: Candidacy, before: Edition) -> bool:
    """File, in the edition `before`, what the candidate of the demonstration had; False when it stands already."""
    filed = candidacy.filed
    if (
        filed is None
        or Candidacy.objects.filter(edition=before, collectivity=candidacy.collectivity).exists()
    ):
        return False
    past = Candidacy.objects.create(
        edition=before, collectivity=candidacy.collectivity, category=candidacy.category
    )
    told, arrived_at = next_number(before), filed.arrived_at - YEAR
    facts = {"number": told, "rank": 1, "arrived_at": arrived_at, "counted_on": arrived_at.date()}
    document = canonical(past_document(json.loads(filed.document), before.year) | facts)
    past.filed = Snapshot.objects.create(
        candidacy=past,
        rank=1,
        number=told,
        document=document,
        sha256=sha256(document),
        by=filed.by,
        arrived_at=arrived_at,
    )
    past.state = CandidacyState.FILED
    past.save(update_fields=["state", "filed"])
    return True
