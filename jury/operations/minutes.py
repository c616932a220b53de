"""Verbs of the minutes: sign them off, correct a decision after the sitting. Neither changes a line that was written."""

from django.db import transaction

from atlaas.models import User
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from jury.choices import EntryKind, SittingState
from jury.models import Item, Juror, Signature, Sitting
from jury.operations.aside import named
from jury.operations.hold import held_sitting
from jury.operations.item import STALE, decided_facts, is_presided, take, themes_of
from jury.operations.journal import append
from jury.queries.awards import proposed_awards
from jury.queries.door import seats_of
from jury.queries.journal import minutes_of
from jury.queries.minutes import may_sign, read_minutes
from jury.queries.room import items
from jury.rules.item import Decision, check_correction, next_state, settled
from labels.models import Edition
from labels.operations.proposal import propose_awards
from labels.rules.ten import Answer


@transaction.atomic
def sign(edition: Edition, *, read: str, by: User) -> Signature:
    """Sign the minutes, of which `read` is the digest of what the person may see; the deputy signs too once they presided a dossier. Twice is once."""
    sitting = held_sitting(edition)
    if sitting.state != SittingState.CLOSED:
        raise Refused("La séance n’est pas close : le procès-verbal se signe après.")
    seat = _signer(sitting, by)
    seen = read_minutes(sitting, by).sha256
    if seen != read:
        raise Conflict(
            french("Le procès-verbal a changé depuis que vous l’avez lu : relisez-le, puis signez."),
            current=seen,
            proposed=read,
        )
    digest = minutes_of(sitting).sha256
    known = Signature.objects.filter(sitting=sitting, by=by, sha256=digest).first()
    if known is not None:
        return known
    is_deputy = not seat.is_president
    made = Signature.objects.create(
        sitting=sitting, by=by, name=seat.member.name, is_deputy=is_deputy, sha256=digest
    )
    facts = {"juror": seat.pk, "name": seat.member.name, "is_deputy": is_deputy, "sha256": digest}
    append(sitting, EntryKind.SIGNED, facts, by=by)
    return made


@transaction.atomic
def correct(item: Item, decision: Decision, *, version: int, by: User) -> Item:
    """Write what should have been decided, with the reason; the awards follow, until the palmarès is public."""
    sitting = held_sitting(item.sitting.edition)
    if sitting.state != SittingState.CLOSED:
        raise Refused("La séance n’est pas close : annulez la décision, ou harmonisez-la.")
    stored = items(sitting).get(pk=item.pk)
    if not is_presided(stored.candidacy, sitting, by):
        raise Refused("Seule la personne qui a présidé ce dossier corrige sa décision.")
    if stored.version != version:
        raise Conflict(french(STALE), current=stored, proposed=None)
    themes = themes_of(sitting.edition)
    told = settled(decision)
    stored.state = next_state(stored.state, "correct")
    check_correction(told, voters=_voters(stored), ten=Answer(stored.known["ten"]), themes=themes)
    take(stored, told, themes)
    entry = append(sitting, EntryKind.CORRECTED, named(stored) | decided_facts(told), by=by)
    propose_awards(sitting.edition, proposed_awards(sitting), evidence=entry.sha256, by=by)
    return stored


def _voters(item: Item) -> int:
    """How many voted: a correction mends how they did, not who was there."""
    return (item.votes_for or 0) + (item.votes_against or 0) + (item.abstentions or 0)


def _signer(sitting: Sitting, by: User) -> Juror:
    seat = seats_of(by).filter(edition=sitting.edition).first()
    if seat is None or not may_sign(sitting, seat):
        raise Refused(
            "Le procès-verbal est signé par la personne qui préside, et par qui l’a suppléée sur un dossier."
        )
    return seat
