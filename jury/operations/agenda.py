"""Verbs of the agenda once the sitting is open: add what was filed since, set aside what was withdrawn."""

from django.db import transaction

from atlaas.models import User
from atlaas.rules.refusal import Refused
from jury.choices import EntryKind, ItemState
from jury.models import Item, Sitting
from jury.operations.aside import held_candidacy, point, put_aside, write
from jury.operations.hold import held_sitting
from jury.operations.item import require_presiding
from jury.operations.journal import append
from jury.queries.evidence import known_of
from jury.queries.room import items, off_agenda
from jury.rules.item import next_state
from jury.rules.sitting import require_open
from labels.models import Candidacy


@transaction.atomic
def add(candidacy: Candidacy, *, by: User) -> Item:
    """Put a dossier filed since the opening after all others, by who presides it; twice is once.

    What is known of it is frozen now, as it was of the others when the sitting opened.
    """
    sitting = held_sitting(candidacy.edition)
    require_open(sitting.state)
    held = held_candidacy(candidacy)
    require_presiding(held, sitting, by)
    standing = items(sitting).filter(candidacy=held).first()
    if standing is not None and standing.state != ItemState.ASIDE:
        return standing
    if not off_agenda(sitting).filter(pk=held.pk).exists():
        raise Refused("Ce dossier n’est pas déposé : il vient à l’ordre du jour une fois déposé.")
    item = _put(held, standing, sitting)
    append(sitting, EntryKind.ADDED, point(held), by=by)
    return item


@transaction.atomic
def set_aside(item: Item, *, by: User) -> Item:
    """Take a withdrawn dossier off the table or the agenda, by who presides it; twice is once."""
    sitting = held_sitting(item.sitting.edition)
    require_open(sitting.state)
    stored = items(sitting).get(pk=item.pk)
    require_presiding(stored.candidacy, sitting, by)
    if stored.state == ItemState.ASIDE:
        return stored
    return put_aside(stored, sitting, by=by)


def _put(candidacy: Candidacy, standing: Item | None, sitting: Sitting) -> Item:
    """A new item, or the one that was set aside, as if it had never been heard."""
    known = known_of(sitting.edition, [candidacy])[str(candidacy.pk)]
    last = items(sitting).last()
    position = last.position + 1 if last else 1
    if standing is None:
        made: Item = Item.objects.create(sitting=sitting, candidacy=candidacy, position=position, known=known)
        return made
    standing.state, standing.position, standing.known = next_state(standing.state, "add"), position, known
    standing.called_at, standing.proposed, standing.is_fragile, standing.reason = None, None, False, ""
    write(standing, "state", "position", "known", "called_at", "proposed", "is_fragile", "reason")
    return standing
