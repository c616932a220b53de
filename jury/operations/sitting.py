"""Verbs of the closed day: open it, say who is in the room and who presides in place of, open the names, close it."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from atlaas.models import User
from atlaas.rules.refusal import Refused
from jury.choices import EntryKind
from jury.models import Item, Juror, Presence, Sitting
from jury.operations.aside import point, put_aside
from jury.operations.hold import held_sitting, hold_seat
from jury.operations.journal import append
from jury.queries.awards import proposed_awards
from jury.queries.door import candidates, judged_by, ties_by_juror
from jury.queries.evidence import known_of
from jury.queries.opinions import habits_as_json
from jury.queries.room import by_name, is_inside, is_late, present_in, presiding_seat, undecided, withdrawn
from jury.rules.order import ordered
from jury.rules.sitting import CLOSED, check_closing, check_opening, next_state, require_in_room, require_open
from labels.models import Candidacy, Edition
from labels.operations.proposal import propose_awards


def require_president(edition: Edition, by: User) -> Juror:
    seat = presiding_seat(edition, by)
    if seat is None:
        raise Refused("Seule la personne qui préside le jury, ses liens déclarés, conduit la séance.")
    return seat


@transaction.atomic
def open_sitting(edition: Edition, present: Collection[int], *, by: User) -> Sitting:
    """Freeze the habits of the members, settle the agenda, write who is there (keys of seats); reading goes on."""
    require_president(edition, by)
    sitting = held_sitting(edition)
    state = next_state(sitting.state, "open")
    dossiers = list(
        candidates(edition).select_related("collectivity").order_by("collectivity__sort_key", "pk")
    )
    seats = Juror.objects.seated().filter(edition=edition, declared_at__isnull=False)
    inside = by_name(seats.filter(pk__in=present).select_related("member"))
    check_opening(dossiers=len(dossiers), is_late=is_late(edition), present=len(inside))
    now = timezone.now()
    sitting.state, sitting.opened_at, sitting.habits = state, now, habits_as_json(edition)
    sitting.save(update_fields=["state", "opened_at", "habits"])
    Presence.objects.bulk_create(Presence(sitting=sitting, juror=one, since=now) for one in inside)
    agenda = _in_order(edition, dossiers)
    known = known_of(edition, agenda)
    Item.objects.bulk_create(
        Item(sitting=sitting, candidacy=one, position=rank, known=known[str(one.pk)])
        for rank, one in enumerate(agenda, 1)
    )
    facts = {"agenda": [point(one) for one in agenda], "present": people(inside), "habits": sitting.habits}
    append(sitting, EntryKind.OPENED, facts, by=by)
    return sitting


def people(members: Iterable[Juror]) -> list[dict[str, object]]:
    """As the journal names them."""
    return [{"juror": one.pk, "name": one.member.name} for one in members]


def _in_order(edition: Edition, dossiers: list[Candidacy]) -> list[Candidacy]:
    """Those who must leave the room leave it as few times as possible."""
    ties = ties_by_juror(edition)
    tied = [{juror for juror, place in ties if place == one.collectivity_id} for one in dossiers]
    return [dossiers[rank] for rank in ordered(tied)]


@transaction.atomic
def set_present(juror: Juror, *, is_present: bool, by: User) -> None:
    """A member comes in or goes; said twice it is written once."""
    require_president(juror.edition, by)
    sitting = held_sitting(juror.edition)
    require_open(sitting.state)
    seat = hold_seat(juror)
    if is_present and (seat.left_at is not None or not seat.has_declared):
        raise Refused("Cette personne n’a pas déclaré ses liens : elle les déclare avant d’entrer.")
    inside = Presence.objects.filter(sitting=sitting, juror=seat, until=None)
    if inside.exists() == is_present:
        return
    now = timezone.now()
    if is_present:
        Presence.objects.create(sitting=sitting, juror=seat, since=now)
    else:
        inside.update(until=now)
    kind = EntryKind.ARRIVED if is_present else EntryKind.LEFT
    append(sitting, kind, {"juror": seat.pk, "name": seat.member.name}, by=by)


@transaction.atomic
def set_deputy(juror: Juror, *, by: User) -> None:
    """Who presides the dossiers that the president is tied to, and all of them while the president is out of the room; may be said before the day."""
    own = require_president(juror.edition, by)
    sitting = held_sitting(juror.edition)
    if sitting.state == CLOSED:
        raise Refused("La séance est close : la suppléance ne change plus.")
    seat = hold_seat(juror)
    if seat.pk == own.pk or seat.left_at is not None or not seat.has_declared:
        raise Refused("Choisissez un autre membre, dont les liens sont déclarés.")
    if sitting.deputy_id == seat.pk:
        return
    sitting.deputy = seat
    sitting.save(update_fields=["deputy"])
    append(sitting, EntryKind.DEPUTY, {"juror": seat.pk, "name": seat.member.name}, by=by)


@transaction.atomic
def close_sitting(edition: Edition, *, by: User) -> Sitting:
    """Nothing is written afterwards but corrections; the awards are proposed to the palmarès, here and nowhere else.

    What was withdrawn and nobody set aside is, now: who withdrew keeps nobody waiting.
    """
    seat = require_president(edition, by)
    sitting = held_sitting(edition)
    state = next_state(sitting.state, "close")
    require_in_room(is_inside=is_inside(seat, sitting))
    left = undecided(sitting)
    seen = left.filter(pk__in=judged_by(seat)).values_list("collectivity__name", flat=True)
    others = left.exclude(pk__in=judged_by(seat)).exists()
    check_closing(undecided=list(seen), others=others, is_late=is_late(edition))
    for one in withdrawn(sitting):
        put_aside(one, sitting, by=by)
    now = timezone.now()
    inside = present_in(sitting)
    Presence.objects.filter(sitting=sitting, until=None).update(until=now)
    sitting.state, sitting.closed_at = state, now
    sitting.save(update_fields=["state", "closed_at"])
    lines = proposed_awards(sitting)
    facts = {
        "present": people(inside),
        "awards": [{"code": one.code, "level": one.level, "is_ten": one.is_ten} for one in lines],
    }
    entry = append(sitting, EntryKind.CLOSED, facts, by=by)
    propose_awards(edition, lines, evidence=entry.sha256, by=by)
    return sitting
