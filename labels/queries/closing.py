"""When an edition and the one before it close for one collectivité: what counted then is read for ever after."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Now

from atlaas.models import Collectivity
from labels.models import Edition, Extension
from labels.queries.clock import zone_for
from labels.rules.clock import closing


@dataclass(frozen=True, slots=True)
class Closing:
    """The end of an edition for one collectivité: on the clock that closes it, or its extension when it is later."""

    edition: Edition
    at: datetime
    is_past: bool


@dataclass(frozen=True, slots=True)
class Closings:
    """None where the edition has no window here, or where none before it had one."""

    own: Closing | None
    previous: Closing | None


def closings_of(edition: Edition, collectivity: Collectivity) -> Closings:
    """Of the edition and of the last one with a window before it; one query."""
    rows = list(_with_ends(collectivity).filter(year__lte=edition.year)[:2])
    own = next((one for one in rows if one.year == edition.year), None)
    previous = next((one for one in rows if one.year < edition.year), None)
    return Closings(own and _closing(own, collectivity), previous and _closing(previous, collectivity))


def _with_ends(collectivity: Collectivity) -> QuerySet[Any]:
    given = Extension.objects.filter(
        candidacy__edition=OuterRef("pk"), candidacy__collectivity=collectivity, ended_at=None
    )
    extended = Subquery(given.order_by("-until").values("until")[:1])
    rows = Edition.objects.with_campaign().select_related("rulebook").order_by("-year")
    found: QuerySet[Any] = rows.annotate(extended_until=extended, read_at=Now())
    return found


def _closing(row: Any, collectivity: Collectivity) -> Closing:
    end = closing(row.closes_at, row.closing_clock, zone_for(collectivity))
    end = max(end, row.extended_until or end)
    return Closing(row, end, is_past=end <= row.read_at)
