"""Seal a palmarès: the jury's evidence is handed to the label as plain facts, and the digest is written in the journal."""

from django.db import transaction

from atlaas.models import User
from atlaas.operations import job
from atlaas.permissions import require_organiser
from atlaas.queries.source import source_digest
from atlaas.rules.refusal import Refused
from jury.choices import EntryKind
from jury.operations.hold import held_sitting
from jury.operations.journal import append
from jury.queries.seal import evidence_to_seal, why_unsealed
from jury.rules.seal import outputs_of
from labels.models import Edition, Seal
from labels.operations import seal as label
from labels.operations.statistics import read_ahead
from labels.queries.figures import Dossiers
from labels.queries.seal import seal_of
from labels.rules.bundle import closed

KIND = "seal"


@transaction.atomic
def ask(edition: Edition, *, by: User) -> None:
    """Ask a worker for it: what is sealed may weigh megabytes. Refused at once when something is missing."""
    require_organiser(by)
    if seal_of(edition) is None and (why := why_unsealed(held_sitting(edition))):
        raise Refused(why)
    job.request(KIND, key=f"{edition.year}:{by.pk}")


@job.commits_as_it_goes
def seal_asked(key: str) -> None:
    """Handler of the job: « 2027:12 » is the edition and who asked. Dossiers are read first, with its progress."""
    year, _, by = key.partition(":")
    edition = Edition.objects.get(year=int(year))
    seal(edition, by=User.objects.get(pk=int(by)), read=read_ahead(edition))


@transaction.atomic
def seal(edition: Edition, *, by: User, read: Dossiers | None = None) -> Seal:
    """All or nothing, and once: killed, twice or in parallel, the same rows stand."""
    require_organiser(by)
    sitting = held_sitting(edition)
    if known := seal_of(sitting.edition):
        return known
    if why := why_unsealed(sitting):
        raise Refused(why)
    evidence = closed(
        evidence_to_seal(sitting), salt=label.new_salt(), code=source_digest("jury.rules"), rule=outputs_of
    )
    made = label.seal(
        sitting.edition, evidence=evidence, awards=evidence["outputs"]["awards"], by=by, read=read
    )
    append(sitting, EntryKind.SEALED, {"sha256": made.sha256}, by=by)
    return made
