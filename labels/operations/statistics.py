"""Compute the statistics of an edition and store them; only the worker calls it, as a job."""

import logging
from dataclasses import asdict

from django.db import transaction
from django.db.models.functions import Now

from atlaas.operations import job
from labels.choices import Coverage
from labels.models import Edition, Statistic, StatisticsRun
from labels.operations import press_kit
from labels.queries.laureates import laureates_of
from labels.rules.statistics import Row, digest, tally

logger = logging.getLogger(__name__)

KIND = "statistics"


def request(edition: Edition) -> None:
    """Ask, in the caller's transaction, for the statistics of an edition to be computed again."""
    job.request(KIND, key=str(edition.year))


@transaction.atomic
def request_all(key: str) -> None:
    """Ask for the statistics of every complete edition, because what all of them rest on has changed."""
    for edition in Edition.objects.filter(coverage=Coverage.COMPLETE).order_by("year"):
        request(edition)


@transaction.atomic
def recompute(key: str) -> None:
    """Store the figures of the edition whose year is `key`, in place of the former ones.

    An edition of which only attested lines are known keeps none. Two runs at once follow each other.
    """
    edition = Edition.objects.select_for_update(no_key=True).filter(year=int(key)).first()
    if edition is None:
        logger.info("Statistics %s: the edition is no more", key)
        return
    Statistic.objects.filter(edition=edition).delete()
    if not edition.is_complete:
        StatisticsRun.objects.filter(edition=edition).delete()
        return
    _store(edition, tally(*laureates_of(edition)))
    press_kit.request(edition)


def _store(edition: Edition, rows: list[Row]) -> None:
    Statistic.objects.bulk_create(_statistic(edition, row) for row in rows)
    facts = {"computed_at": Now(), "digest": digest(rows)}
    StatisticsRun.objects.update_or_create(edition=edition, defaults=facts)


def _statistic(edition: Edition, row: Row) -> Statistic:
    values = asdict(row)
    return Statistic(edition=edition, region_id=values.pop("region"), **values)
