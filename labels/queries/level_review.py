"""What an organiser reads before confirming a level, and what was decided before."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from atlaas.models import User
from labels.models import Award, Edition


@dataclass(frozen=True)
class Decision:
    """The last change of the level of an award; `by` is empty when no person is known (an import)."""

    award: Award
    before: Any
    by: str
    at: dt.datetime
    reason: str


def unconfirmed(edition: Edition, user: object) -> list[Award]:
    """The awards whose level is to be confirmed, région by région (three queries)."""
    doubtful = Award.objects.visible_to(user).laureates().filter(edition=edition, level_is_certain=False)
    return list(doubtful.for_lists())


def decided(edition: Edition, user: object) -> list[Decision]:
    """The awards whose level a person or an import changed, the newest change first (five queries)."""
    changed = _history(edition).filter(pgh_label="update").values("pgh_obj_id")
    certain = Award.objects.visible_to(user).filter(edition=edition, level_is_certain=True, pk__in=changed)
    return decisions_of(certain.for_lists())


def decisions_of(awards: Iterable[Award]) -> list[Decision]:
    """The last change of level of each award that had one."""
    by_pk = {award.pk: award for award in awards}
    events = _events().filter(pgh_obj_id__in=by_pk).select_related("pgh_context")
    rows = groupby(events.order_by("pgh_obj_id", "pgh_id"), key=attrgetter("pgh_obj_id"))
    changes = [change for pk, history in rows if (change := _last_change(by_pk[pk], list(history)))]
    names = _names(changes)
    found = [_decision(award, before, after, names) for award, before, after in changes]
    return sorted(found, key=attrgetter("at"), reverse=True)


def _events() -> Any:
    return Award.pgh_event_model.objects  # type: ignore[attr-defined]  # added by pghistory


def _history(edition: Edition) -> Any:
    return _events().filter(edition=edition)


def _last_change(award: Award, history: list[Any]) -> tuple[Award, Any, Any] | None:
    for before, after in reversed(list(pairwise(history))):
        if (before.level, before.level_is_certain) != (after.level, after.level_is_certain):
            return award, before, after
    return None


def _metadata(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}


def _names(changes: list[tuple[Award, Any, Any]]) -> dict[int, str]:
    known = (_metadata(after).get("user") for _, _, after in changes)
    people = {user for user in known if user is not None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=people)}


def _decision(award: Award, before: Any, after: Any, names: dict[int, str]) -> Decision:
    words = _metadata(after)
    return Decision(
        award=award,
        before=before,
        by=names.get(words.get("user", 0), ""),
        at=after.pgh_created_at,
        reason=words.get("reason", ""),
    )
