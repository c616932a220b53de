"""What is known of one account around a deadline: arrivals, steps, snapshots, and whether the platform answered."""

from datetime import datetime, timedelta

from django.db.models import Q

from atlaas.models import User
from labels.models import Arrival, CandidacyStep, Edition, Extension, Probe, Snapshot

Row = dict[str, object]

AFTER = timedelta(days=1)  # the grace, and the clocks that close later than the one of Paris


def campaign_runs(at: datetime) -> bool:
    """Whether an edition may take a filing around `at`, somewhere: each minute of it is probed."""
    edition = Edition.objects.filter(opens_at__lte=at, closes_at__gt=at - AFTER)
    return edition.exists() or Extension.objects.filter(ended_at=None, until__gt=at - AFTER).exists()


def dispute_of(user: User, *, since: datetime) -> dict[str, list[Row]]:
    """One table a name, in the order of time; the probes are those of the same hours. 4 queries."""
    arrivals = list(Arrival.objects.filter(user=user, at__gte=since).order_by("at", "pk"))
    steps = CandidacyStep.objects.filter(by=user, at__gte=since).select_related("candidacy__collectivity")
    snapshots = Snapshot.objects.filter(by=user, at__gte=since).select_related("candidacy__collectivity")
    return {
        "arrivals": [_arrival(one) for one in arrivals],
        "steps": [_step(one) for one in steps.order_by("at", "pk")],
        "snapshots": [_snapshot(one) for one in snapshots.order_by("at", "pk")],
        "probes": [_probe(one) for one in Probe.objects.filter(_near(arrivals)).order_by("minute")],
    }


def _near(arrivals: list[Arrival]) -> Q:
    """The minutes from an hour before the first arrival to an hour after the last; none without arrivals."""
    if not arrivals:
        return Q(pk__in=[])
    hour = timedelta(hours=1)
    return Q(minute__range=(arrivals[0].at - hour, arrivals[-1].at + hour))


def _arrival(one: Arrival) -> Row:
    return {
        "at": one.at.isoformat(),
        "method": one.method,
        "path": one.path,
        "status": one.status,
        "size": one.size,
        "milliseconds": one.milliseconds,
    }


def _step(one: CandidacyStep) -> Row:
    place = one.candidacy.collectivity
    return {"at": one.at.isoformat(), "code": place.code, "collectivity": place.name, "step": one.step}


def _snapshot(one: Snapshot) -> Row:
    place = one.candidacy.collectivity
    return {
        "arrived_at": one.arrived_at.isoformat(),
        "at": one.at.isoformat(),
        "code": place.code,
        "collectivity": place.name,
        "number": one.number,
        "rank": one.rank,
        "sha256": one.sha256,
    }


def _probe(one: Probe) -> Row:
    return {
        "minute": one.minute.isoformat(),
        "draft_ms": one.draft_ms,
        "filing_ms": one.filing_ms,
        "error": one.error,
    }
