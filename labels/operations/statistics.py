"""Compute the statistics of an edition and store them; only the worker calls it, as a job."""

import logging
from dataclasses import asdict

from django.db import transaction
from django.db.models.functions import Now

from atlaas.models import Enjeu, Service
from atlaas.operations import job
from labels.choices import Coverage
from labels.models import CoverageFigure, Edition, Statistic, StatisticsRun
from labels.queries.computation import KIND
from labels.queries.figures import Dossiers, Filed, inputs_of
from labels.queries.judged import read_dossiers
from labels.queries.ten import held_for
from labels.rules.coverage import CoverageRow
from labels.rules.statistics import Outcome, Row, compute

logger = logging.getLogger(__name__)


def request(edition: Edition) -> None:
    """Ask, in the caller's transaction, for the statistics of an edition to be computed again."""
    job.request(KIND, key=str(edition.year))


@transaction.atomic
def request_all(key: str) -> None:
    """Ask for the statistics of every complete edition, because what all of them rest on has changed."""
    for edition in Edition.objects.filter(coverage=Coverage.COMPLETE).order_by("year"):
        request(edition)


@job.commits_as_it_goes
def recompute(key: str) -> None:
    """Store the figures of the edition whose year is `key`, in place of the former ones.

    The dossiers are read first, with the progress of the job: they stand for ever. Then one transaction holds the edition, reads
    all that may change, and writes: killed before its end it leaves the former figures, and two runs at once follow each other.
    """
    edition = Edition.objects.select_related("rulebook").filter(year=int(key)).first()
    if edition is None:
        logger.info("Statistics %s: the edition is no more", key)
        return
    settle(edition, read_ahead(edition) if edition.is_complete else {})


def read_ahead(edition: Edition) -> Dossiers:
    """The dossiers that an edition is computed from, with the progress of the job at work."""
    keys = Filed(edition).keys
    found: Dossiers = {}
    for some in read_dossiers(keys):
        found = {**found, **some}
        job.report(len(found), len(keys) + 1)  # what is left is to write
    return found


@transaction.atomic
def settle(edition: Edition, read: Dossiers) -> None:
    """Write the figures as everything stands now; an edition of which only attested lines are known keeps none."""
    held = Edition.objects.select_for_update(no_key=True, of=("self",)).select_related("rulebook")
    edition = held.get(pk=edition.pk)
    former = StatisticsRun.objects.filter(edition=edition).values_list("digest", flat=True).first()
    Statistic.objects.filter(edition=edition).delete()
    CoverageFigure.objects.filter(edition=edition).delete()
    if not edition.is_complete:
        StatisticsRun.objects.filter(edition=edition).delete()
        digest = None
    else:
        digest = _store(edition, Filed(edition), read)
    if digest != former:
        _request_followers(edition)


def _request_followers(edition: Edition) -> None:
    """The titles won here still hold in the editions that follow: their figures change too."""
    reach = edition.year + held_for(edition)
    later = Edition.objects.filter(coverage=Coverage.COMPLETE, year__gt=edition.year, year__lt=reach)
    for one in later.order_by("year"):
        request(one)


def _store(edition: Edition, filed: Filed, read: Dossiers) -> str:
    outcome = compute(inputs_of(filed, read))
    Statistic.objects.bulk_create(_statistic(edition, row) for row in outcome.rows)
    _store_coverage(edition, outcome)
    facts = {
        "computed_at": Now(),
        "digest": outcome.digest,
        "compared_with": filed.before,
        "titles_unknown": outcome.titles_unknown,
    }
    StatisticsRun.objects.update_or_create(edition=edition, defaults=facts)
    return outcome.digest


def _statistic(edition: Edition, row: Row) -> Statistic:
    values = asdict(row)
    region, departement = values.pop("region"), values.pop("departement")
    return Statistic(edition=edition, region_id=region, departement_id=departement, **values)


def _store_coverage(edition: Edition, outcome: Outcome) -> None:
    if not outcome.coverage:
        return
    enjeux = dict(Enjeu.objects.values_list("code", "pk"))
    services = dict(Service.objects.values_list("code", "pk")) | {"": None}
    CoverageFigure.objects.bulk_create(
        _figure(edition, row, enjeux[row.enjeu], services[row.service]) for row in outcome.coverage
    )


def _figure(edition: Edition, row: CoverageRow, enjeu: int, service: int | None) -> CoverageFigure:
    counts = ("dossiers", "sheets", "dossiers_before", "sheets_before")
    return CoverageFigure(
        edition=edition, enjeu_id=enjeu, service_id=service, **{name: getattr(row, name) for name in counts}
    )
