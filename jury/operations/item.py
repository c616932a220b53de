"""Verbs of a dossier at the sitting. Each holds the sitting, asks who presides, and writes its line of the journal."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from atlaas.models import User
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from jury.choices import EntryKind, ItemState
from jury.models import Item, Juror, Sitting
from jury.operations.aside import named, put_aside, take_back, write
from jury.operations.hold import held_sitting
from jury.operations.journal import append
from jury.operations.sitting import people, require_president
from jury.queries.door import seats_of
from jury.queries.evidence import evidence_of
from jury.queries.room import is_inside, items, may_preside, on_the_table, president_of, voters_on
from jury.rules.item import (
    Decision,
    Ground,
    Move,
    check_decision,
    check_judged,
    check_move,
    next_state,
    settled,
)
from jury.rules.sitting import require_in_room, require_open
from labels.models import Candidacy, Edition, MentionTheme

STALE = "Quelqu’un a agi sur ce dossier depuis que vous l’avez lu : relisez, puis recommencez."
STALE_MOVES = "Des décisions ont changé depuis que vous les avez lues : aucun niveau n’est changé, relisez, puis recommencez."


@transaction.atomic
def call(item: Item, *, by: User) -> Item:
    """Put a dossier on the table; the decided one before it is closed by that, an undecided one is in the way.

    One that was withdrawn while it was heard is in nobody's way: it is set aside.
    """
    sitting = _held(item)
    stored = _presided(item, sitting, by)
    before = on_the_table(sitting)
    if before is not None and before.pk == stored.pk:
        return stored
    if before is not None:
        _clear(before, sitting, by)
    stored.state, stored.called_at = next_state(stored.state, "call"), timezone.now()
    write(stored, "state", "called_at")
    voters = voters_on(stored, sitting)
    facts = {"present": people(voters.voting), "recused": people(voters.out)}
    append(sitting, EntryKind.CALLED, named(stored) | facts, by=by)
    return stored


@transaction.atomic
def decide(item: Item, decision: Decision, *, version: int, by: User) -> Item:
    """Write what the jury decided, with what it was told; may be undone until the dossier is closed."""
    sitting = _held(item)
    stored = _presided(item, sitting, by)
    _require(stored, version)
    state = next_state(stored.state, "decide")
    told = settled(decision)
    evidence, voters = evidence_of(stored, sitting), voters_on(stored, sitting)
    themes = themes_of(sitting.edition)
    check_decision(told, Ground(evidence.proposal.level, evidence.ten, themes, len(voters.voting)))
    stored.state, stored.proposed, stored.is_fragile = state, evidence.proposal.level, evidence.is_fragile
    take(stored, told, themes)
    facts = {"present": people(voters.voting), "recused": people(voters.out), "evidence": evidence.facts()}
    append(sitting, EntryKind.DECIDED, named(stored) | decided_facts(told) | facts, by=by)
    return stored


@transaction.atomic
def undo(item: Item, *, by: User) -> Item:
    """Take the decision back while its dossier is on the table; both stay in the journal."""
    sitting = _held(item)
    stored = _presided(item, sitting, by)
    stored.state = next_state(stored.state, "undo")
    take_back(stored)
    append(sitting, EntryKind.UNDONE, named(stored), by=by)
    return stored


@transaction.atomic
def postpone(item: Item, *, by: User) -> Item:
    """Hear it again after all others."""
    sitting = _held(item)
    stored = _presided(item, sitting, by)
    stored.state = next_state(stored.state, "postpone")
    last = items(sitting).last()
    stored.position = last.position + 1 if last else 1
    write(stored, "state", "position")
    append(sitting, EntryKind.POSTPONED, named(stored), by=by)
    return stored


@transaction.atomic
def end(item: Item, *, by: User) -> Item:
    """Close the dossier: its decision is no longer undone."""
    sitting = _held(item)
    return _end(_presided(item, sitting, by), sitting, by)


@transaction.atomic
def move(edition: Edition, moves: Mapping[int, Move], *, reason: str, by: User) -> list[Item]:
    """Change several closed decisions together (by key of item), with one reason; all of them or none.

    `Conflict` when one of them is no longer the version that was read: `current` holds those, nothing is written.
    """
    seat = require_president(edition, by)
    sitting = held_sitting(edition)
    require_open(sitting.state)
    require_in_room(is_inside=is_inside(seat, sitting))
    sentence = french(reason)
    chosen = list(items(sitting).filter(pk__in=moves))
    if not moves or len(chosen) != len(moves) or not all(_may_move(one, seat, sitting) for one in chosen):
        raise Refused("Choisissez les dossiers à changer : l’un d’eux n’est pas à l’ordre du jour.")
    if changed := [one for one in chosen if one.version != moves[one.pk].version]:
        raise Conflict(french(STALE_MOVES), current=changed, proposed=moves)
    told = [_moved(one, moves[one.pk].level, sentence) for one in chosen]
    append(sitting, EntryKind.MOVED, {"moves": told, "reason": sentence}, by=by)
    return chosen


def _may_move(item: Item, seat: Juror, sitting: Sitting) -> bool:
    return may_preside(seat, item.candidacy, sitting)


def _moved(item: Item, level: int, reason: str) -> dict[str, object]:
    check_judged(item.candidacy.state)
    next_state(item.state, "move")
    before = item.level or 0
    check_move(before=before, after=level, is_ten=item.is_ten, reason=reason)
    item.level = level
    write(item, "level")
    return named(item) | {"before": before, "after": level}


def _held(item: Item) -> Sitting:
    sitting = held_sitting(item.sitting.edition)
    require_open(sitting.state)
    return sitting


def _presided(item: Item, sitting: Sitting, by: User) -> Item:
    """The item read anew, still judged; refused to whoever does not preside it, as if it were not there."""
    stored = items(sitting).get(pk=item.pk)
    require_presiding(stored.candidacy, sitting, by)
    check_judged(stored.candidacy.state)
    return stored


def require_presiding(candidacy: Candidacy, sitting: Sitting, by: User) -> None:
    """Refused with who presides that dossier, or with what to mend in order to."""
    if not is_presided(candidacy, sitting, by):
        raise Refused(_who(sitting, by))


def is_presided(candidacy: Candidacy, sitting: Sitting, by: User) -> bool:
    """Whether that person presides that dossier, their own ties declared."""
    seat = seats_of(by).filter(edition=sitting.edition).first()
    return seat is not None and seat.has_declared and may_preside(seat, candidacy, sitting)


def _clear(before: Item, sitting: Sitting, by: User) -> None:
    """Take the dossier before off the table: set aside when it was withdrawn, closed when it is decided; refused otherwise."""
    if before.state == ItemState.CALLED and not before.is_withdrawn:
        raise Refused("Un dossier est sur la table : décidez-le, ou reportez-le.")
    if not is_presided(before.candidacy, sitting, by):
        raise Refused(
            "Un dossier présidé par une autre personne est sur la table : attendez qu’elle le close."
        )
    if before.is_withdrawn:
        put_aside(before, sitting, by=by)
    else:
        _end(before, sitting, by)


def _who(sitting: Sitting, by: User) -> str:
    president = president_of(sitting.edition)
    if president is None:
        return "Personne ne préside ce jury : l’association désigne qui le préside."
    if president.user_id == by.pk and not is_inside(president, sitting):
        return (
            "Vous n’êtes pas dans la salle : notez votre arrivée dans la liste des membres, ou désignez une suppléance "
            "qui s’y trouve et qui préside à votre place."
        )
    if sitting.deputy_id is None:
        return "La présidence est en déport pour ce dossier, ou ce n’est pas vous : désignez une suppléance."
    return "Ce dossier n’est pas présidé par vous."


def _require(item: Item, version: int) -> None:
    if item.version != version:
        raise Conflict(french(STALE), current=item, proposed=None)


def _end(item: Item, sitting: Sitting, by: User) -> Item:
    item.state = next_state(item.state, "end")
    write(item, "state")
    append(sitting, EntryKind.ENDED, named(item), by=by)
    return item


def themes_of(edition: Edition) -> dict[str, MentionTheme]:
    return {one.slug: one for one in MentionTheme.objects.filter(edition=edition)}


def take(item: Item, told: Decision, themes: Mapping[str, MentionTheme]) -> None:
    item.level, item.is_ten, item.reason = told.level, told.is_ten, told.reason
    item.votes_for, item.votes_against = told.votes.votes_for, told.votes.against
    item.abstentions = told.votes.abstentions
    write(
        item,
        "state",
        "proposed",
        "is_fragile",
        "level",
        "is_ten",
        "reason",
        "votes_for",
        "votes_against",
        "abstentions",
    )
    item.mentions.set([themes[slug] for slug in told.mentions])


def decided_facts(told: Decision) -> dict[str, object]:
    return {
        "level": told.level,
        "is_ten": told.is_ten,
        "mentions": list(told.mentions),
        "votes": {
            "for": told.votes.votes_for,
            "against": told.votes.against,
            "abstentions": told.votes.abstentions,
        },
        "reason": told.reason,
    }
