"""Verbs of a dossier at the sitting. Each holds the sitting, asks who presides, and writes its line of the journal."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from atlaas.models import User
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from jury.choices import EntryKind, ItemState
from jury.models import Item, Juror, Sitting
from jury.operations.hold import held_sitting
from jury.operations.journal import append
from jury.operations.sitting import people, require_president
from jury.queries.door import seats_of
from jury.queries.evidence import evidence_of
from jury.queries.room import items, may_preside, on_the_table, president_of, voters_on
from jury.rules.item import Decision, Ground, check_decision, check_move, next_state, settled
from jury.rules.sitting import require_open
from labels.models import Edition, MentionTheme

STALE = "Quelqu’un a agi sur ce dossier depuis que vous l’avez lu : relisez, puis recommencez."


@transaction.atomic
def call(item: Item, *, by: User) -> Item:
    """Put a dossier on the table; the decided one before it is closed by that, an undecided one is in the way."""
    sitting = _held(item)
    stored = _presided(item, sitting, by)
    before = on_the_table(sitting)
    if before is not None and before.pk == stored.pk:
        return stored
    if before is not None and before.state == ItemState.CALLED:
        raise Refused("Un dossier est sur la table : décidez-le, ou reportez-le.")
    if before is not None:
        _require_presided(before, sitting, by)
        _end(before, sitting, by)
    stored.state, stored.called_at = next_state(stored.state, "call"), timezone.now()
    _write(stored, "state", "called_at")
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
    stored.level = stored.votes_for = stored.votes_against = stored.abstentions = None
    stored.is_ten, stored.reason = False, ""
    _write(stored, "state", "level", "votes_for", "votes_against", "abstentions", "is_ten", "reason")
    stored.mentions.clear()
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
    _write(stored, "state", "position")
    append(sitting, EntryKind.POSTPONED, named(stored), by=by)
    return stored


@transaction.atomic
def end(item: Item, *, by: User) -> Item:
    """Close the dossier: its decision is no longer undone."""
    sitting = _held(item)
    return _end(_presided(item, sitting, by), sitting, by)


@transaction.atomic
def move(edition: Edition, moves: Mapping[int, int], *, reason: str, by: User) -> list[Item]:
    """Change several closed decisions together (key of item → level), with one reason; all of them or none."""
    seat = require_president(edition, by)
    sitting = held_sitting(edition)
    require_open(sitting.state)
    sentence = french(reason)
    chosen = list(items(sitting).filter(pk__in=moves))
    if not moves or len(chosen) != len(moves):
        raise Refused("Choisissez les dossiers à changer : l’un d’eux n’est pas à l’ordre du jour.")
    told = [_moved(one, moves[one.pk], sentence, seat, sitting) for one in chosen]
    append(sitting, EntryKind.MOVED, {"moves": told, "reason": sentence}, by=by)
    return chosen


def _moved(item: Item, level: int, reason: str, seat: Juror, sitting: Sitting) -> dict[str, object]:
    if not may_preside(seat, item, sitting):
        raise Refused("Choisissez les dossiers à changer : l’un d’eux n’est pas à l’ordre du jour.")
    next_state(item.state, "move")
    before = item.level or 0
    check_move(before=before, after=level, is_ten=item.is_ten, reason=reason)
    item.level = level
    _write(item, "level")
    return named(item) | {"before": before, "after": level}


def _held(item: Item) -> Sitting:
    sitting = held_sitting(item.sitting.edition)
    require_open(sitting.state)
    return sitting


def _presided(item: Item, sitting: Sitting, by: User) -> Item:
    """The item read anew; refused to whoever does not preside it, as if it were not there."""
    stored = items(sitting).get(pk=item.pk)
    if not is_presided(stored, sitting, by):
        raise Refused(_who(sitting))
    return stored


def is_presided(item: Item, sitting: Sitting, by: User) -> bool:
    """Whether that person presides that dossier, their own ties declared."""
    seat = seats_of(by).filter(edition=sitting.edition).first()
    return seat is not None and seat.has_declared and may_preside(seat, item, sitting)


def _require_presided(before: Item, sitting: Sitting, by: User) -> None:
    if not is_presided(before, sitting, by):
        raise Refused(
            "Un dossier présidé par une autre personne est sur la table : attendez qu’elle le close."
        )


def _who(sitting: Sitting) -> str:
    if president_of(sitting.edition) is None:
        return "Personne ne préside ce jury : l’association désigne qui le préside."
    if sitting.deputy_id is None:
        return "La présidence est en déport pour ce dossier, ou ce n’est pas vous : désignez une suppléance."
    return "Ce dossier n’est pas présidé par vous."


def _require(item: Item, version: int) -> None:
    if item.version != version:
        raise Conflict(french(STALE), current=item, proposed=None)


def _end(item: Item, sitting: Sitting, by: User) -> Item:
    item.state = next_state(item.state, "end")
    _write(item, "state")
    append(sitting, EntryKind.ENDED, named(item), by=by)
    return item


def _write(item: Item, *fields: str) -> None:
    item.version += 1
    item.save(update_fields=[*fields, "version"])


def themes_of(edition: Edition) -> dict[str, MentionTheme]:
    return {one.slug: one for one in MentionTheme.objects.filter(edition=edition)}


def take(item: Item, told: Decision, themes: Mapping[str, MentionTheme]) -> None:
    item.level, item.is_ten, item.reason = told.level, told.is_ten, told.reason
    item.votes_for, item.votes_against = told.votes.votes_for, told.votes.against
    item.abstentions = told.votes.abstentions
    _write(
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


def named(item: Item) -> dict[str, object]:
    place = item.candidacy.collectivity
    return {"dossier": str(item.candidacy_id), "name": place.name, "code": place.code}


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
