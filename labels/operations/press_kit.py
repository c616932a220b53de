"""The PDF of a press kit: asked for by whatever changes what it tells, made by the worker before anybody may read it."""

from django.db import transaction

from atlaas.operations import job
from labels.choices import Coverage
from labels.models import Edition
from labels.operations import document
from labels.queries.press_kit import document_of
from labels.queries.press_kit_pdf import KIND, press_kit_pdf


def request(edition: Edition) -> None:
    """Ask, in the caller's transaction, for the PDF of an edition to say what its data says now."""
    job.request(KIND, key=str(edition.year))


def request_all() -> None:
    """Ask for every edition that may have one: a PDF that already says the right thing is left as it is."""
    for edition in Edition.objects.filter(coverage=Coverage.COMPLETE, statistics_run__isnull=False).order_by(
        "year"
    ):
        request(edition)


@transaction.atomic
def make(key: str) -> None:
    """Make the PDF of the edition whose year is `key`, unless the one that is kept tells the same facts."""
    edition = Edition.objects.select_related("rulebook").filter(year=int(key)).first()
    facts = document_of(edition) if edition else None
    if facts is None:
        document.forget(KIND, key)
    else:
        document.keep(KIND, key, facts, press_kit_pdf)
