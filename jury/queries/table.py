"""What one member's page shows of the sitting: the agenda they may know, the table, what they may do there."""

from collections.abc import Sequence
from dataclasses import dataclass

from jury.choices import ItemState, SittingState
from jury.models import Evaluation, Item, Juror, Sitting
from jury.models.item import ON_THE_TABLE
from jury.queries.door import judged_by
from jury.queries.evidence import Candidate, Evidence, evidence_of, theme_rows
from jury.queries.room import agenda_of, is_on_the_table, items, present_in, president_of, tied_members
from jury.rules.item import presides

LATEST = 6


@dataclass(frozen=True)
class Table:
    """The dossier that is heard, for someone who may hear it."""

    item: Item
    evidence: Evidence
    mentions: Sequence[Candidate]
    voting: Sequence[Juror]
    out: Sequence[Juror]
    own: Evaluation | None
    is_presided: bool

    @property
    def is_decided(self) -> bool:
        return bool(self.item.state == ItemState.DECIDED)


@dataclass(frozen=True)
class Room:
    """`is_away` when the table holds something that this member may not know; `callable` are the keys they may call."""

    seat: Juror
    sitting: Sitting
    agenda: Sequence[Item]
    table: Table | None
    is_away: bool
    callable: frozenset[int]
    present: Sequence[Juror]

    @property
    def is_open(self) -> bool:
        return bool(self.sitting.state == SittingState.OPEN)

    @property
    def ended(self) -> int:
        return sum(one.state == ItemState.ENDED for one in self.agenda)

    @property
    def is_finished(self) -> bool:
        """Whether all that this member may know of is closed."""
        return self.ended == len(self.agenda)

    @property
    def next(self) -> Item | None:
        """The first dossier in order that this member may call."""
        return next((one for one in self.agenda if one.pk in self.callable), None)


def room_of(seat: Juror, sitting: Sitting) -> Room:
    """At most ten queries, whatever the number of dossiers and of members."""
    agenda = list(agenda_of(seat))
    present = present_in(sitting) if sitting.pk else []
    heard = next((one for one in agenda if one.state in ON_THE_TABLE), None)
    table = _table(seat, sitting, heard, present) if heard else None
    away = heard is None and bool(sitting.pk) and is_on_the_table(sitting)
    may_call = _callable(seat, sitting, agenda, table, is_away=away)
    return Room(seat, sitting, agenda, table, away, may_call, present)


def _table(seat: Juror, sitting: Sitting, heard: Item, present: Sequence[Juror]) -> Table:
    item = items(sitting).get(pk=heard.pk)
    tied = list(tied_members(item.candidacy))
    keys = {one.pk for one in tied}
    evidence = evidence_of(item, sitting)
    is_presided = presides(
        is_president=seat.is_president,
        is_deputy=sitting.deputy_id == seat.pk,
        president_is_tied=any(one.is_president for one in tied),
        is_tied=seat.pk in keys,
    )
    asks = is_presided and item.state == ItemState.CALLED
    return Table(
        item=item,
        evidence=evidence,
        mentions=theme_rows(sitting.edition, evidence) if asks else [],
        voting=[one for one in present if one.pk not in keys],
        out=tied,
        own=None if is_presided else _own(seat, item),
        is_presided=is_presided,
    )


def _own(seat: Juror, item: Item) -> Evaluation | None:
    return Evaluation.objects.filter(juror=seat, candidacy=item.candidacy_id).first()


def _callable(
    seat: Juror, sitting: Sitting, agenda: Sequence[Item], table: Table | None, *, is_away: bool
) -> frozenset[int]:
    """What may be called now: nothing while a dossier that one does not preside, or an undecided one, is on the table."""
    is_deputy = sitting.deputy_id == seat.pk
    in_the_way = is_away or (table is not None and not (table.is_presided and table.is_decided))
    if sitting.state != SittingState.OPEN or in_the_way or not (seat.is_president or is_deputy):
        return frozenset()
    waiting = {one.pk: one for one in agenda if one.state == ItemState.WAITING}
    if seat.is_president:
        return frozenset(waiting)
    president = president_of(sitting.edition)
    known = judged_by(president) if president else agenda_of(seat).none()
    theirs = set(known.values_list("pk", flat=True))
    return frozenset(key for key, one in waiting.items() if one.candidacy_id not in theirs)
