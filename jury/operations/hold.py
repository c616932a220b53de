"""The order in which rows of a jury are locked: the sitting first, then the seat. Two verbs at once never wait for each other."""

from jury.choices import SittingState
from jury.models import Juror, Sitting
from labels.models import Edition


def held_sitting(edition: Edition) -> Sitting:
    """Lock the sitting of an edition until the transaction ends, and read it anew.

    Whoever closes it locks the same row: what was allowed here is written before it closes, or refused.
    """
    Sitting.objects.get_or_create(edition=edition)
    rows = Sitting.objects.select_for_update(no_key=True, of=("self",)).select_related("edition__rulebook")
    return rows.get(edition=edition)


def hold_sitting(edition: Edition) -> bool:
    """The same; answers whether it is closed."""
    return held_sitting(edition).state == SittingState.CLOSED


def hold_seat(juror: Juror) -> Juror:
    """Lock one seat and read it anew."""
    rows = Juror.objects.select_for_update(no_key=True, of=("self",)).select_related("edition", "member")
    return rows.get(pk=juror.pk)
