"""Each minute of a campaign: a real draft and a real filing are stored, then undone; only what it took is kept.

All of it is one transaction that never commits: an edition, a collectivité and a dossier of its own, which nobody can see
even for an instant. The row that says how it went is written afterwards, by a transaction of its own.
"""

import logging
import time
from datetime import timedelta
from uuid import uuid4

from django.db import Error, connection, transaction

from atlaas.choices import CollectivityKind, Role
from atlaas.models import Affiliation, Collectivity, Region, Service, User
from atlaas.operations import sheet as fiche
from atlaas.rules.refusal import Refused
from labels.choices import Category, Coverage, SubscriptionStatus
from labels.models import Candidacy, Edition, Probe, Rulebook, Subscription
from labels.operations.candidacy import save
from labels.operations.filing import Incomplete, file
from labels.queries.clock import now
from labels.queries.dispute import campaign_runs

logger = logging.getLogger(__name__)

YEAR = 2199  # the last year that an edition may have
CODE = "00000"  # no commune has it
LONGEST = 300  # characters of the column
FACTS = {"title": "Sonde", "summary": "Sonde.", "text": "Sonde.", "is_running": True}
ANSWERS = {
    "elected_name": "Sonde",
    "elected_function": "Sonde",
    "agent_name": "Sonde",
    "agent_function": "Sonde",
}


class NothingToSortBy(Exception):
    """The référentiel or the geography is not there: no fiche could count."""


def probe() -> Probe | None:
    """Write the row of this minute while a campaign runs; None outside of one, or when the row stands already."""
    minute = now().replace(second=0, microsecond=0)
    if not campaign_runs(minute):
        return None
    found = Probe(minute=minute)
    try:
        found.draft_ms, found.filing_ms = _try()
    except (Error, Refused, NothingToSortBy) as error:
        logger.exception("The probe of %s failed", minute)
        found.error = _told(error)[:LONGEST]
    with transaction.atomic():
        Probe.objects.bulk_create([found], ignore_conflicts=True)
    return found


def _told(error: Exception) -> str:
    missing = f" {list(error.missing)}" if isinstance(error, Incomplete) else ""
    return f"{type(error).__name__} : {error}{missing}"


def _try() -> tuple[int, int]:
    """Milliseconds of a draft and of a filing, both stored with every constraint asked, then undone."""
    with transaction.atomic():
        try:
            candidacy, person = _stage()
            started = time.monotonic()
            _save(candidacy, person)
            saved = time.monotonic()
            file(candidacy, by=person, arrived_at=now())
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            filed = time.monotonic()
        finally:
            transaction.set_rollback(True)
    return round((saved - started) * 1000), round((filed - saved) * 1000)


def _stage() -> tuple[Candidacy, User]:
    """A dossier that could be filed but for its people's names, which the draft writes."""
    region, service = Region.objects.first(), Service.objects.order_by("pk").first()
    if region is None or service is None:
        raise NothingToSortBy("Ni région ni service : la géographie et le référentiel ne sont pas chargés.")
    town = Collectivity.objects.create(
        code=CODE, kind=CollectivityKind.COMMUNE, name="Sonde", slug="sonde", sort_key="sonde", region=region
    )
    person = User.objects.create(email=f"sonde-{uuid4()}@sonde.invalid", name="Sonde", is_demo=True)
    Affiliation.objects.create(user=person, collectivity=town, role=Role.MANAGER)
    draft = fiche.start(town, by=person, draft_key=uuid4())
    draft = fiche.save(draft, by=person, version=draft.version, facts=FACTS, services=[service.code])
    fiche.publish(draft, by=person, version=draft.version)
    edition = _edition()
    Subscription.objects.create(collectivity=town, year=YEAR, status=SubscriptionStatus.ACTIVE)
    candidacy = Candidacy.objects.create(edition=edition, collectivity=town, category=Category.VILLE)
    return candidacy, person


def _edition() -> Edition:
    hour = timedelta(hours=1)
    edition = Edition.objects.create(
        year=YEAR, coverage=Coverage.COMPLETE, is_demo=True, opens_at=now() - hour, closes_at=now() + hour
    )
    Rulebook.objects.create(edition=edition)
    return edition


def _save(candidacy: Candidacy, person: User) -> None:
    save(candidacy, by=person, version=candidacy.version, facts=ANSWERS)
