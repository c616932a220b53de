"""Dossiers as the statistics read them: a snapshot of a few fiches, without all that a real one holds."""

from django.utils import timezone

from labels.models import Snapshot
from labels.rules.snapshot import canonical, sha256
from tests.factories.campaign import CandidacyFactory


def a_fiche(key, digest="1", *services):
    return {"id": key, "digest": digest, "content": {"services": list(services)}}


def a_judged_dossier(edition, collectivity, *fiches):
    """What this collectivité filed for the edition."""
    candidacy = CandidacyFactory(edition=edition, collectivity=collectivity)
    document = canonical({"sheets": fiches})
    candidacy.filed = Snapshot.objects.create(
        candidacy=candidacy,
        rank=1,
        number=f"{edition.year}-{collectivity.code}",
        document=document,
        sha256=sha256(document),
        arrived_at=timezone.now(),
    )
    candidacy.state = "filed"
    candidacy.save()
    return candidacy
