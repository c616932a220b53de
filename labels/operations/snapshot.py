"""A snapshot: gathered, numbered, hashed, written once."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models.functions import Length
from django.utils.timezone import localdate

from atlaas.models import Mandate, User
from labels.models import Candidacy, Edition, Snapshot
from labels.queries.dossier import dossier_of
from labels.rules.snapshot import canonical, number, sequence_of, sha256

NUMBERING = 2004  # family of PostgreSQL's advisory locks: the numbers of one edition, one writer at a time


@transaction.atomic
def store(candidacy: Candidacy, *, by: User, mandate: Mandate | None, arrived_at: datetime) -> Snapshot:
    """Write what the candidacy holds now; the caller has locked it, and has asked whether it may be filed.

    The number is taken last, as it makes the other filings of the edition wait until the commit.
    """
    dossier = dossier_of(candidacy, day=localdate(arrived_at))
    rank = candidacy.snapshots.count() + 1
    told = next_number(candidacy.edition)
    facts = {
        "number": told,
        "rank": rank,
        "arrived_at": arrived_at,
        "filed_by": str(by),
        "mandate": str(mandate) if mandate else "",
    }
    document = canonical(dossier | facts)
    return Snapshot.objects.create(
        candidacy=candidacy,
        rank=rank,
        number=told,
        document=document,
        sha256=sha256(document),
        by=by,
        mandate=mandate,
        arrived_at=arrived_at,
    )


def next_number(edition: Edition) -> str:
    """The next number of the edition, none left out: a rollback gives its number back, since the lock is held until then."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [NUMBERING, edition.year])
    taken = Snapshot.objects.filter(candidacy__edition=edition).order_by(Length("number").desc(), "-number")
    last = taken.values_list("number", flat=True).first()
    return number(edition.year, sequence_of(last) + 1 if last else 1)
