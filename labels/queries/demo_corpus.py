"""What the demonstration's corpus is drawn from, and how far its making is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from atlaas.choices import CollectivityKind, JobState
from atlaas.models import Collectivity, Job, Service, Sheet, User
from labels.choices import CandidacyState, Coverage
from labels.models import Award, Candidacy, Edition
from labels.rules.demo_corpus import Laureate
from labels.rules.demo_place import Spot, with_radius

KIND = "demo-corpus"
CAMPAIGN_KIND = "demo-campaign"


@dataclass(frozen=True)
class Progress:
    """Fiches written so far, of how many."""

    done: int
    total: int


def progress() -> Progress | None:
    """How far the corpus is while a job makes it; None when there is nothing to wait for (one query)."""
    waiting = Job.objects.filter(kind=KIND, state__in=(JobState.PENDING, JobState.RUNNING))
    job = waiting.order_by("created_at").first()
    if job is None:
        return None
    total = int(job.key)
    return Progress(min(job.progress, total) if job.total == total else 0, total)


def real_edition() -> Edition | None:
    """The newest palmarès that is public, whole and real: what the demonstration is invented from."""
    real = Edition.objects.visible_to(None).filter(coverage=Coverage.COMPLETE, is_demo=False)
    found: Edition | None = real.order_by("-year").first()
    return found


def laureates(edition: Edition) -> list[Laureate]:
    """Those of an edition that have a level, in the order of their codes, each with the places its fiches may take.

    A group of communes has the centres of its members; the perimeter of a syndicat is unknown: its own point serves.
    """
    awards = Award.objects.filter(edition=edition).laureates().select_related("collectivity")
    found = [(award.level, award.collectivity) for award in awards.order_by("collectivity__code")]
    spots = _spots([town for _, town in found])
    return [
        Laureate(town.code, int(level or 1), town.population, spots[town.pk])
        for level, town in found
        if spots[town.pk]
    ]


def filed_again(edition: Edition, before: Edition | None) -> QuerySet[Candidacy]:
    """The dossiers filed for an edition by those who had filed for the one before; all of them when none came before."""
    filed: QuerySet[Candidacy] = Candidacy.objects.filter(edition=edition, state=CandidacyState.FILED)
    if before is None:
        return filed
    past = Candidacy.objects.filter(edition=before, filed__isnull=False)
    return filed.filter(collectivity__in=past.values("collectivity"))


def _spots(towns: Sequence[Collectivity]) -> dict[int, list[Spot]]:
    located = Collectivity.objects.current().located()
    groups = [town.pk for town in towns if town.kind == CollectivityKind.EPCI]
    members = located.filter(epci__in=groups).order_by("code")
    owners = [
        (town.pk, town) for town in towns if town.kind != CollectivityKind.EPCI and town.lon is not None
    ]
    owners += [(member.epci_id, member) for member in members if member.epci_id]
    everywhere = located.filter(kind=CollectivityKind.COMMUNE).values_list("lon", "lat")
    centres = [(town.name, float(town.lon or 0), float(town.lat or 0)) for _, town in owners]
    found: dict[int, list[Spot]] = defaultdict(list)
    for (owner, _), spot in zip(owners, with_radius(centres, everywhere.iterator()), strict=True):
        found[owner].append(spot)
    return found


def services_in_order() -> list[Service]:
    """The services in force, in the order of the référentiel."""
    return list(Service.objects.filter(last_year=None).order_by("position", "code"))


def agent_email(code: str) -> str:
    """The address of the invented agent of a collectivité; such addresses lead nowhere."""
    return f"agent-{code.lower()}@demo.example"


def written() -> set[UUID]:
    """Identifiers of the demonstration's fiches that were drawn, not those that somebody tried out."""
    agents = User.objects.filter(is_demo=True, email__regex=r"^agent-[0-9ab]+@demo\.example$")
    drawn = Sheet.objects.filter(is_demo=True, created_by__in=agents)
    return set(drawn.values_list("pk", flat=True))
