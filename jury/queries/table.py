"""What one member's page shows of the sitting: the agenda they may know, the table, what they may do there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from jury.choices import ItemState, SittingState
from jury.models import Evaluation, Item, Juror, Sitting
from jury.models.item import ON_THE_TABLE
from jury.queries.door import judged_by, known_to
from jury.queries.evidence import Candidate, Evidence, evidence_of, theme_rows
from jury.queries.room import (
    agenda_of,
    is_on_the_table,
    items,
    off_agenda,
    present_in,
    tied_members,
)
from jury.rules.item import DONE, presides
from labels.models import Candidacy

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

    @property
    def may_be_left(self) -> bool:
        """Whether whoever asks may call the next one: this one is theirs, and decided or withdrawn."""
        return self.is_presided and (self.is_decided or self.item.is_withdrawn)


@dataclass(frozen=True)
class Room:
    """`is_away` when the table holds something that this member may not know.

    Of what they may do now: `callable` are the keys of items to call, `aside` of those to set aside, `late` the dossiers to add.
    """

    seat: Juror
    sitting: Sitting
    agenda: Sequence[Item]
    table: Table | None
    is_away: bool
    callable: frozenset[int]
    aside: frozenset[int]
    late: Sequence[Candidacy]
    present: Sequence[Juror]

    @property
    def is_open(self) -> bool:
        return bool(self.sitting.state == SittingState.OPEN)

    @property
    def done(self) -> list[Item]:
        """Closed, or set aside."""
        return [one for one in self.agenda if one.state in DONE]

    @property
    def ahead(self) -> list[Item]:
        """What is on the table first, then what is to come in order."""
        left = [one for one in self.agenda if one.state not in DONE]
        return sorted(left, key=lambda one: one.state not in ON_THE_TABLE)

    @property
    def is_finished(self) -> bool:
        """Whether all that this member may know of is closed."""
        return not self.ahead

    @property
    def is_outside(self) -> bool:
        """Whether this member is not in the room: they preside nothing."""
        return self.is_open and self.seat not in self.present

    @property
    def next(self) -> Item | None:
        """The first dossier in order that this member may call."""
        return next((one for one in self.agenda if one.pk in self.callable), None)


def room_of(seat: Juror, sitting: Sitting) -> Room:
    """At most eleven queries, whatever the number of dossiers and of members."""
    agenda = list(agenda_of(seat))
    present = present_in(sitting) if sitting.pk else []
    heard = next((one for one in agenda if one.state in ON_THE_TABLE), None)
    table = _table(seat, sitting, heard, present) if heard else None
    away = heard is None and bool(sitting.pk) and is_on_the_table(sitting)
    chair = _chair(seat, sitting, present)
    led = [one for one in agenda if chair.leads(one.candidacy)]
    in_the_way = away or (table is not None and not table.may_be_left)
    return Room(
        seat=seat,
        sitting=sitting,
        agenda=agenda,
        table=table,
        is_away=away,
        callable=frozenset() if in_the_way else frozenset(one.pk for one in led if _may_be_called(one)),
        aside=frozenset(one.pk for one in led if one.is_withdrawn and one.state != ItemState.ASIDE),
        late=_late(seat, sitting, chair) if chair.is_taken else [],
        present=present,
    )


@dataclass(frozen=True)
class _Chair:
    """What a member presides now: nothing, or all that they know of but `others`, the keys of what another presides."""

    is_taken: bool
    others: Collection[object] = ()

    def leads(self, candidacy: Candidacy) -> bool:
        return self.is_taken and candidacy.pk not in self.others


def _chair(seat: Juror, sitting: Sitting, present: Sequence[Juror]) -> _Chair:
    is_deputy = sitting.deputy_id == seat.pk
    if sitting.state != SittingState.OPEN or seat not in present or not (seat.is_president or is_deputy):
        return _Chair(is_taken=False)
    president = next((one for one in present if one.is_president), None)
    if seat.is_president or president is None:
        return _Chair(is_taken=True)
    return _Chair(is_taken=True, others=set(known_to(president).values_list("pk", flat=True)))


def _may_be_called(item: Item) -> bool:
    return item.state == ItemState.WAITING and not item.is_withdrawn


def _late(seat: Juror, sitting: Sitting, chair: _Chair) -> list[Candidacy]:
    found = off_agenda(sitting).filter(pk__in=judged_by(seat))
    return [one for one in found if chair.leads(one)]


def _table(seat: Juror, sitting: Sitting, heard: Item, present: Sequence[Juror]) -> Table:
    item = items(sitting).get(pk=heard.pk)
    tied = list(tied_members(item.candidacy))
    keys = {one.pk for one in tied}
    voting = [one for one in present if one.pk not in keys]
    evidence = evidence_of(item, sitting)
    is_presided = presides(
        is_president=seat.is_president,
        is_deputy=sitting.deputy_id == seat.pk,
        president_is_away=not any(one.is_president for one in voting),
        is_away=seat not in voting,
    )
    asks = is_presided and item.state == ItemState.CALLED and not item.is_withdrawn
    return Table(
        item=item,
        evidence=evidence,
        mentions=theme_rows(sitting.edition, evidence) if asks else [],
        voting=voting,
        out=tied,
        own=None if is_presided else _own(seat, item),
        is_presided=is_presided,
    )


def _own(seat: Juror, item: Item) -> Evaluation | None:
    return Evaluation.objects.filter(juror=seat, candidacy=item.candidacy_id).first()
