"""The journal of a sitting as it is stored, whether it holds, and the minutes that it gives."""

import json
from dataclasses import dataclass
from typing import Any

from jury.choices import EntryKind, ItemState
from jury.models import Entry, Item, Presence, Signature, Sitting
from jury.rules.journal import Break, Line, Replay, first_break, replay
from jury.rules.minutes import minutes
from labels.models import Edition
from labels.queries.seal import awards_differ, seal_of
from labels.rules.snapshot import canonical, sha256


@dataclass(frozen=True, slots=True)
class Minutes:
    """The document, and the digest that is signed."""

    document: dict[str, Any]
    sha256: str


def lines_of(sitting: Sitting) -> list[Line]:
    """In order; one query."""
    rows = Entry.objects.filter(sitting=sitting).order_by("rank")
    return [Line(*row) for row in rows.values_list("rank", "kind", "document", "sha256")]


def presided_by(sitting: Sitting) -> set[int]:
    """The accounts that wrote a decision of that sitting down; one query."""
    rows = Entry.objects.filter(sitting=sitting, kind=EntryKind.DECIDED).values_list("document", flat=True)
    return {json.loads(one)["facts"]["by"] for one in rows}


def minutes_of(sitting: Sitting) -> Minutes:
    document = minutes(lines_of(sitting), year=sitting.edition.year)
    return Minutes(document, sha256(canonical(document)))


def verify(edition: Edition) -> Break | None:
    """The first line that does not hold; after the chain, the tables must say what the journal replays. None when all does.

    Last, the awards must be those that were sealed, as corrections changed them.
    """
    sitting = Sitting.objects.filter(edition=edition).first()
    if sitting is None:
        return None
    lines = lines_of(sitting)
    broken = first_break(lines)
    if broken is not None:
        return broken
    why = _differs(sitting, replay(lines))
    return Break(len(lines), why) if why else None


def _differs(sitting: Sitting, told: Replay) -> str:
    """In words, the first thing of which the tables do not say what the journal does; empty when none."""
    for name, stored, told_of in _of_the_sitting(sitting, told):
        if stored != told_of:
            return f"{name} not what the journal says"
    if why := _item_differs(sitting, told):
        return why
    found = awards_differ(sitting.edition)
    return f"an award is not the one that was sealed: {found}" if found else ""


def _of_the_sitting(sitting: Sitting, told: Replay) -> list[tuple[str, object, object]]:
    """What is compared beside the dossiers: in words, as stored, as the journal says."""
    inside = Presence.objects.filter(sitting=sitting, until=None).values_list("juror", flat=True)
    signed = Signature.objects.filter(sitting=sitting).values_list("by", "sha256")
    sealed = seal_of(sitting.edition)
    return [
        ("the state of the sitting is", sitting.state, told.state),
        ("the habits of the members are", sitting.habits, told.habits),
        ("the deputy is", sitting.deputy_id, told.deputy),
        ("who is in the room is", set(inside), told.present),
        ("the signatures are", set(signed), told.signatures),
        ("the seal of the palmarès is", sealed.sha256 if sealed else "", told.seal),
    ]


def _item_differs(sitting: Sitting, told: Replay) -> str:
    rows = Item.objects.filter(sitting=sitting).select_related("candidacy__collectivity")
    stored = {str(one.candidacy_id): one for one in rows.prefetch_related("mentions").order_by("position")}
    if stored.keys() != told.items.keys():
        return "the agenda is not the one that the journal opened"
    for key, item in stored.items():
        if _told(item) != _standing(told, key):
            return f"{item.candidacy.collectivity.code} stands otherwise than the journal says"
    return ""


def _told(item: Item) -> tuple[object, ...]:
    votes = (item.votes_for, item.votes_against, item.abstentions)
    mentions = tuple(sorted(one.slug for one in item.mentions.all()))
    evidence = (item.reason, item.proposed, item.is_fragile)
    return (item.state, item.level, item.is_ten, mentions, votes if item.level else None, *evidence)


def _standing(told: Replay, key: str) -> tuple[object, ...]:
    one = told.items[key]
    evidence = (one.reason, one.proposed, one.is_fragile)
    return (ItemState(one.state), one.level, one.is_ten, tuple(sorted(one.mentions)), one.votes, *evidence)
