"""The president opens the names: from then on whoever may see an evaluation sees whose it is, for good."""

from django.db import transaction
from django.db.models.functions import Now

from atlaas.models import User
from atlaas.rules.refusal import Refused
from jury.choices import EntryKind
from jury.models import Juror, Sitting
from jury.operations.hold import hold_seat, hold_sitting
from jury.operations.journal import append


@transaction.atomic
def open_names(sitting: Sitting, by: User) -> Sitting:
    """Twice does no more than once."""
    is_closed = hold_sitting(sitting.edition)
    seat = Juror.objects.of(by).filter(edition=sitting.edition, member__is_president=True).first()
    if seat is None or hold_seat(seat).left_at is not None:
        raise Refused("Seule la présidence de ce jury ouvre les noms.")
    if is_closed:
        raise Refused("La séance est close : les noms restent comme ils sont.")
    if Sitting.objects.filter(edition=sitting.edition, names_open_at=None).update(names_open_at=Now()):
        append(sitting, EntryKind.NAMES, {}, by=by)
    return Sitting.objects.get(edition=sitting.edition)
