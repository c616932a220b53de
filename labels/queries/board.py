"""The organiser's board of an edition: who stands where, and what waits for an answer; a few queries whatever the number."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Now
from django.utils import timezone

from atlaas.models import Affiliation, Collectivity, Mandate, Region
from atlaas.rules.table import cells
from atlaas.rules.text import fold
from labels.choices import (
    CandidacyState,
    Category,
    Coverage,
    QuestionnairePart,
    RequestState,
    SheetChoice,
    SubscriptionStatus,
)
from labels.models import CandidacySheet, Derogation, Edition, Extension, Question, Subscription
from labels.queries.clock import ONE_DEPARTEMENT
from labels.queries.counting import counting
from labels.queries.eligibility import PUBLISHERS
from labels.queries.export import BOM
from labels.rules.checklist import NEEDED
from labels.rules.clock import ZONES, closing, zone_of

FILED = (CandidacyState.FILED, CandidacyState.CORRECTING)


@dataclass(frozen=True, slots=True)
class Criteria:
    """The filters of the address; empty ones ask nothing."""

    state: str = ""
    category: str = ""
    region: str = ""
    waiting: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Totals:
    """How many of some place or category."""

    name: str
    begun: int
    filed: int
    incomplete: int
    late: int


@dataclass(frozen=True, slots=True)
class Waiting:
    derogations: int
    extensions: int
    categories: int


def candidacies_of(edition: Edition, criteria: Criteria) -> QuerySet[Any]:
    """Those of the edition that the filters keep, each with `is_incomplete`, `is_late`, `is_extended`, `derogation`."""
    rows = _told(edition).select_related(
        "collectivity__region", "collectivity__departement", "filed", "saved_by"
    )
    rows = rows.defer("filed__document")
    if criteria.state == "late":
        rows = rows.filter(is_late=True)
    elif criteria.state == "incomplete":
        rows = rows.filter(is_incomplete=True)
    elif criteria.state:
        rows = rows.filter(state=criteria.state)
    if criteria.category:
        rows = rows.filter(category=criteria.category)
    if criteria.region:
        rows = rows.filter(collectivity__region__slug=criteria.region)
    if criteria.text:
        rows = rows.filter(collectivity__sort_key__contains=fold(criteria.text))
    waits = {
        "derogation": Q(derogation=RequestState.ASKED),
        "extension": Q(is_extended=True),
        "category": Q(category_answer=RequestState.ASKED),
    }
    if criteria.waiting in waits:
        rows = rows.filter(waits[criteria.waiting])
    return rows.order_by("collectivity__sort_key", "pk")


def _told(edition: Edition) -> QuerySet[Any]:
    here = OuterRef("collectivity")
    asked = Derogation.objects.filter(edition=edition, collectivity=here).order_by("-asked_at")
    live = Extension.objects.filter(candidacy=OuterRef("pk"), ended_at=None, until__gt=Now())
    unfiled = ~Q(state__in=[*FILED, CandidacyState.WITHDRAWN])
    at = timezone.now()
    return edition.candidacies.annotate(
        derogation=Subquery(asked.values("state")[:1]),
        is_extended=Exists(live),
        is_incomplete=unfiled & (_unnamed() | Exists(_unanswered(edition)) | _barred(edition)),
        is_late=unfiled & _closed(edition, at) & ~Exists(live),
    )


def _closed(edition: Edition, at: datetime) -> Q:
    """The window of the row's collectivité has closed, on the clock that closes it; an extension is another matter."""
    if edition.closes_at is None:
        return Q(pk=None)
    ended = {
        code: closing(edition.closes_at, edition.closing_clock, zone_of(code)) <= at for code in ["", *ZONES]
    }
    regions = [region for region, code in ONE_DEPARTEMENT.items() if ended[code] != ended[""]]
    apart = Q(collectivity__departement__in=[code for code in ZONES if ended[code] != ended[""]])
    apart |= Q(collectivity__departement=None, collectivity__region__in=regions)
    return ~apart if ended[""] else apart


def _unnamed() -> Q:
    """Somebody in charge is not named yet."""
    missing = Q(pk=None)
    for name in NEEDED:
        missing |= Q(**{name: ""})
    return missing


def _unanswered(edition: Edition) -> QuerySet[Question]:
    """The questions that the dossier of the row must answer and does not."""
    asked = Question.objects.filter(
        section__edition=edition,
        section__part=QuestionnairePart.DOSSIER,
        section__category=OuterRef("category"),
        is_required=True,
    )
    answered = Func(OuterRef("answers"), F("code"), function="jsonb_exists", output_field=BooleanField())
    return asked.annotate(is_answered=answered).filter(is_answered=False)


def _barred(edition: Edition) -> Q:
    """`rules.eligibility.reasons`, asked of the database for every row at once."""
    here = OuterRef("collectivity")
    active = Subscription.objects.filter(
        collectivity=here, year=edition.year, status=SubscriptionStatus.ACTIVE
    )
    granted = Derogation.objects.filter(edition=edition, collectivity=here, state=RequestState.GRANTED)
    out = CandidacySheet.objects.filter(candidacy__edition=edition, choice=SheetChoice.OUT)
    kept = (
        counting(edition, timezone.localdate()).filter(collectivity=here).exclude(pk__in=out.values("sheet"))
    )
    team = Affiliation.objects.filter(collectivity=here, role__in=PUBLISHERS)
    mandated = Mandate.objects.in_force().filter(collectivity=here)
    waivable = Q(~Exists(active) | ~Exists(kept)) & Q(~Exists(granted))
    return waivable | Q(~Exists(team) & ~Exists(mandated))


@dataclass(frozen=True, slots=True)
class Figures:
    total: Totals
    by_region: Sequence[Totals]
    by_category: Sequence[Totals]
    waiting: Waiting


def figures_of(edition: Edition) -> Figures:
    """Of the edition, by région, by category, and what waits; three queries."""
    columns = (
        "collectivity__region", "category", "state", "is_incomplete", "is_late", "category_answer", "is_extended",
    )  # fmt: skip
    rows = list(_told(edition).values_list(*columns))
    regions = dict(Region.objects.order_by("sort_key").values_list("pk", "name"))
    by_region = [_totals(name, (row for row in rows if row[0] == pk)) for pk, name in regions.items()]
    return Figures(
        total=_totals("", rows),
        by_region=[one for one in by_region if one.begun],
        by_category=[_totals(one.label, (row for row in rows if row[1] == one)) for one in Category],
        waiting=Waiting(
            derogations=edition.derogations.filter(state=RequestState.ASKED).count(),
            extensions=sum(row[6] for row in rows),
            categories=sum(row[5] == RequestState.ASKED for row in rows),
        ),
    )


def _totals(name: str, rows: Iterable[tuple[object, ...]]) -> Totals:
    kept = list(rows)
    states = Counter(row[2] for row in kept)
    return Totals(
        name,
        begun=len(kept),
        filed=sum(states[one] for one in FILED),
        incomplete=sum(bool(row[3]) for row in kept),
        late=sum(bool(row[4]) for row in kept),
    )


def unreturned(edition: Edition) -> QuerySet[Collectivity]:
    """Who filed for the previous edition, and has begun nothing for this one.

    Of an edition that had no campaign here, its whole palmarès is what is known of who filed.
    """
    known = Q(opens_at__isnull=False) | Q(coverage=Coverage.COMPLETE)
    previous = Edition.objects.filter(known, year__lt=edition.year).order_by("-year").first()
    if previous is None:
        return Collectivity.objects.none()
    filed: QuerySet[Any, Any] = previous.awards.all()
    if previous.opens_at is not None:
        filed = previous.candidacies.filter(state__in=FILED)
    begun = edition.candidacies.values("collectivity")
    rows = Collectivity.objects.filter(pk__in=filed.values("collectivity")).exclude(pk__in=begun)
    return rows.select_related("region", "departement").order_by("sort_key")


def awaited(edition: Edition) -> QuerySet[Collectivity]:
    """Who is expected and has begun nothing: the unreturned, and every collectivité with an adhésion for the year."""
    members = Subscription.objects.filter(year=edition.year).exclude(status=SubscriptionStatus.ENDED)
    begun = edition.candidacies.values("collectivity")
    expected = Q(pk__in=members.values("collectivity")) | Q(pk__in=unreturned(edition).values("pk"))
    rows = Collectivity.objects.filter(expected).exclude(pk__in=begun)
    return rows.select_related("region", "departement").order_by("sort_key")


HEADER = (
    "code_insee_ou_siren", "nom", "region", "categorie", "etat", "incomplete", "depot", "depose_le",
    "elu", "agent", "courriel", "demonstration",
)  # fmt: skip


def board_csv(edition: Edition, criteria: Criteria) -> str:
    """The selection as a text that spreadsheets set to French open as it is; no cell is read as a formula."""
    stream = io.StringIO()
    stream.write(BOM)
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(cells(_line(edition, one)) for one in candidacies_of(edition, criteria))
    return stream.getvalue()


def _line(edition: Edition, one: Any) -> tuple[object, ...]:
    return (
        one.collectivity.code,
        one.collectivity.name,
        one.collectivity.region.name,
        one.category,
        one.state,
        one.is_incomplete,
        one.filed.number if one.filed else None,
        one.filed.arrived_at.isoformat() if one.filed else None,
        one.elected_name,
        one.agent_name,
        one.contact_email,
        edition.is_demo,
    )
