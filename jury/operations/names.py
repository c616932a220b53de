"""The president opens the names: from then on whoever may see an evaluation sees whose it is, for good."""

from django.db import transaction
from django.db.models.functions import Now

from atlaas.models import User
from atlaas.rules.refusal import Refused
from jury.choices import EntryKind, SittingState
from jury.models import Juror, Sitting
from jury.operations.hold import held_sitting, hold_seat
from jury.operations.journal import append


@transaction.atomic
def open_names(sitting: Sitting, by: User) -> Sitting:
    """Twice does no more than once."""
    held = held_sitting(sitting.edition)
    seat = Juror.objects.of(by).filter(edition=sitting.edition, member__is_president=True).first()
    if seat is None or hold_seat(seat).left_at is not None:
        raise Refused("Seule la présidence de ce jury ouvre les noms.")
    if held.state == SittingState.CLOSED:
        raise Refused("La séance est close : les noms restent comme ils sont.")
    if Sitting.objects.filter(edition=sitting.edition, names_open_at=None).update(names_open_at=Now()):
        append(held, EntryKind.NAMES, {}, by=by)
    return Sitting.objects.get(edition=sitting.edition)
