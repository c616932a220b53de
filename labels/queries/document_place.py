"""What every document starts from: the collectivité with its adhésion, the editions that documents speak of, its name plate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from atlaas.models import Collectivity, Service
from atlaas.rules.text import WIDE, french, grouped
from labels.choices import SubscriptionStatus
from labels.models import Award, Edition, Subscription
from labels.rules.clock_words import day_words
from labels.rules.document_blocks import Block

DEMO = french("Démonstration : une part de ce que dit ce document est inventée.")


@dataclass(frozen=True, slots=True)
class Reading:
    """Whose document, on which day, beside which editions: those with a référentiel, and those whose palmarès is public.

    Both newest first; the former are public too, or open to candidacies.
    """

    place: Collectivity
    editions: Sequence[Edition]
    public: Sequence[Edition]
    day: date

    @property
    def current(self) -> Edition | None:
        """As `queries.campaign.current_edition` chooses it."""
        now = timezone.now()
        opened = (one for one in self.editions if one.opens_at and one.opens_at <= now)
        return next(opened, None) or next((one for one in self.editions if one.is_complete), None)

    def edition(self, year: int | None) -> Edition | None:
        return next((one for one in self.editions if one.year == year), None) or self.current


def member_places(user: object) -> QuerySet[Any]:
    """Door of the documents: the collectivités that a person serves, each with `is_member`, whether its adhésion is in force.

    That of the calendar year, or of the campaign that is open: the association renews it in between.
    """
    campaign = Edition.objects.with_campaign().filter(opens_at__lte=Now()).order_by("-year").values("year")
    year = Q(year=timezone.localdate().year) | Q(year=Subquery(campaign[:1]))
    paid = Subscription.objects.filter(year, collectivity=OuterRef("pk"), status=SubscriptionStatus.ACTIVE)
    rows: QuerySet[Any] = Collectivity.objects.with_place().served_by(user)
    found: QuerySet[Any] = rows.annotate(is_member=Exists(paid))
    return found


def reading_of(place: Collectivity, *, day: date | None = None) -> Reading:
    """One query. Of an edition that is not public, nothing but its référentiel and its window is read.

    An edition whose référentiel is not known here has nothing to draw.
    """
    told = Q(published_at__lte=Now()) | Q(opens_at__lte=Now())
    year = Coalesce(OuterRef("referential_year"), OuterRef("year"))
    known = Exists(Service.objects.filter(first_year__lte=year)) & Q(rulebook__isnull=False)
    rows = Edition.objects.filter(told).select_related("rulebook").order_by("-year")
    marked = list(rows.annotate(is_drawn=known, is_public=Q(published_at__lte=Now())))
    return Reading(
        place,
        [one for one in marked if one.is_drawn],
        [one for one in marked if one.is_public],
        day or timezone.localdate(),
    )


def latest_award(place: Collectivity) -> Award | None:
    """The newest award with a level that is public (one query)."""
    won = Award.objects.visible_to(None).laureates().filter(collectivity=place)
    found: Award | None = won.select_related("edition").order_by("-edition__year").first()
    return found


def plate(reading: Reading, *, title: str, heading: str, eyebrow: str, award: Award | None) -> Block:
    """The head of a document and its foot; `title` names the file for a reader of the screen."""
    place, day = reading.place, day_words(reading.day)
    people = f"{grouped(place.population)}{WIDE}habitants" if place.population else ""
    is_demo = any(one.is_demo for one in reading.editions)
    return {
        "title": french(f"{title} – {place.name}"),
        "eyebrow": french(eyebrow),
        "heading": heading,
        "name": place.name,
        "lead": " · ".join(one for one in (place.place, people) if one),
        "level": (award.level or 0) if award else 0,
        "level_words": level_words(award) if award else "",
        "notes": [DEMO] if is_demo else [],
        "foot": french(f"Atlaas · {title}, {place.name} · état au {day}"),
        "day": day,
    }


def level_words(award: Award) -> str:
    """« 4 @ au palmarès 2025, Territoire d’excellence numérique »."""
    if award.level is None:
        return f"{award.level_text or 'niveau non attesté'}, édition {award.edition.year}"
    level = f"{award.level}{WIDE}@" if award.level_is_certain else f"4 ou 5{WIDE}@ (à confirmer)"
    title = ", Territoire d’excellence numérique" if award.is_ten else ""
    return f"{level} au palmarès {award.edition.year}{title}"
