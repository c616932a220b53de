"""What the president settles before the letters: the dossiers of which two jurors say the contrary, among those they may read."""

from collections.abc import Sequence
from dataclasses import dataclass

from jury.models import Juror
from jury.queries.letter import readable_by, unsettled
from labels.models import Candidacy, Edition


@dataclass(frozen=True, slots=True)
class Waiting:
    """A dossier, and on how many enjeux its remarks contradict each other."""

    candidacy: Candidacy
    number: int


def waiting_for(seat: Juror) -> Sequence[Waiting]:
    """In the order of names; nothing of what the president is tied to, counted or not (five queries)."""
    if seat.user is None:
        return []
    edition: Edition = seat.edition
    numbers = unsettled(edition)
    rows = readable_by(seat.user, edition).filter(pk__in=list(numbers)).select_related("collectivity")
    found = rows.order_by("collectivity__sort_key", "collectivity__code")
    return [Waiting(one, numbers[one.pk]) for one in found]
