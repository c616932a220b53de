"""What anyone may check of an award: read from what is public, at the moment it is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Max, OuterRef, Q, QuerySet, Subquery

from atlaas.models import Collectivity
from atlaas.queries.succession import successor_of
from labels.models import Award, Edition, Seal
from labels.rules.certificate import Held, State, Vintage, changes

PLACE = ("collectivity__departement", "collectivity__region", "edition__rulebook")


@dataclass(frozen=True)
class Correction:
    """A change made once the palmarès was public, with the reason that was given."""

    at: datetime
    changes: Sequence[str]
    reason: str


@dataclass(frozen=True)
class Certificate:
    """An award with what time did to it; `heir` is the collectivité that stands today for one that is no more."""

    award: Award
    mentions: Sequence[str]
    vintage: Vintage
    titles: Sequence[Held]
    corrections: Sequence[Correction]
    heir: Collectivity | None


def certificate_by_id(pk: UUID, user: object) -> Certificate | None:
    """None for an award that is not public as for one that never was."""
    award = _awards(user).filter(public_id=pk).first()
    return certificate_of(award, user) if award else None


def public_award(code: str, year: int, user: object) -> Award | None:
    """What the collectivité of that very code won that year: a former one keeps its own."""
    return _awards(user).filter(collectivity__code=code.upper(), edition__year=year).first()


def certificate_of(award: Award, user: object) -> Certificate:
    """At most six queries for an award read by one of the functions above."""
    newest = _newest(award, user)
    return Certificate(
        award=award,
        mentions=[one.theme.name for one in award.mentions.all()],
        vintage=Vintage(award.edition.year, newest),
        titles=_titles(award, newest, user),
        corrections=_corrections(award),
        heir=None if award.collectivity.is_current else successor_of(award.collectivity.code),
    )


def _awards(user: object) -> QuerySet[Award]:
    sealed = Seal.objects.filter(edition=OuterRef("edition")).values("sealed_at")
    found = Award.objects.visible_to(user).annotate(sealed_at=Subquery(sealed))
    rows: QuerySet[Award] = found.select_related(*PLACE)
    return rows.prefetch_related("mentions__theme")


def _alike(award: Award) -> Q:
    """An invented edition ends nothing that is real."""
    return Q() if award.edition.is_demo else Q(is_demo=False)


def _newest(award: Award, user: object) -> int:
    told: int | None = (
        Edition.objects.visible_to(user).filter(_alike(award)).aggregate(year=Max("year"))["year"]
    )
    return max(award.edition.year, told or 0)


def _titles(award: Award, newest: int, user: object) -> list[Held]:
    """The titles that it bore in that edition: won then or before, the latest first."""
    own = Award.objects.visible_to(user).filter(collectivity=award.collectivity_id, is_ten=True)
    own = own.filter(edition__year__lte=award.edition.year, edition__is_demo=award.edition.is_demo)
    rows = own.select_related("edition__rulebook").order_by("-edition__year")
    found = (Held(one.edition.year, _held_for(one.edition), newest) for one in rows)
    return [one for one in found if award.edition.year in one.editions]


def _held_for(edition: Edition) -> int:
    rulebook = getattr(edition, "rulebook", None)
    return rulebook.ten_held_for if rulebook else 1


def _corrections(award: Award) -> list[Correction]:
    """The latest first; what was written before the palmarès was sealed or public, or without a reason, is no correction."""
    since = award.sealed_at or award.edition.published_at  # type: ignore[attr-defined]  # annotated by _awards
    events: list[Any] = list(award.events.select_related("pgh_context").order_by("pgh_id"))  # type: ignore[attr-defined]
    found = []
    for before, after in pairwise(events):
        reason = str((after.pgh_context.metadata if after.pgh_context else {}).get("reason") or "")
        told = changes(_state(before), _state(after))
        if told and reason and after.pgh_created_at >= since:
            found.append(Correction(after.pgh_created_at, told, reason))
    return found[::-1]


def _state(event: Any) -> State:
    return State(event.level, event.level_is_certain, event.is_ten, event.category)


def facts_of(found: Certificate, origin: str) -> dict[str, object]:
    """The same for machines, in the words of the API: `level` 4 with `level_is_certain` false means 4 or 5."""
    award = found.award
    return {
        "id": str(award.public_id),
        "url": origin + award.get_absolute_url(),
        "collectivity": _place(award.collectivity, found.heir),
        "year": award.edition.year,
        "category": award.category,
        "level": award.level,
        "level_is_certain": award.level_is_certain,
        "level_text": award.level_text,
        "source": award.source,
        "is_latest_edition": found.vintage.is_latest,
        "latest_edition": found.vintage.newest,
        "ten": [_title(one) for one in found.titles],
        "mentions": list(found.mentions),
        "corrections": [
            {"at": one.at.isoformat(), "changes": list(one.changes), "reason": one.reason}
            for one in found.corrections
        ],
        "is_demo": award.edition.is_demo,
    }


def _place(one: Collectivity, heir: Collectivity | None) -> dict[str, object]:
    successor = {"code": heir.code, "name": heir.name} if heir else None
    return {"code": one.code, "name": one.name, "is_current": one.is_current, "successor": successor}


def _title(held: Held) -> dict[str, object]:
    return {
        "year": held.year,
        "editions": held.editions,
        "until_edition": held.last,
        "is_in_force": not held.is_over,
        "state": held.state,
    }
