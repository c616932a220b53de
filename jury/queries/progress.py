"""How far the reading is: by figures, never by scores, and only over the dossiers that both the juror and who looks may know of."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, Q

from jury.choices import EvaluationState
from jury.models import Assignment, Juror, Recusal
from jury.queries.door import judged_by
from jury.queries.recusal import counted_evaluations, in_force


@dataclass(frozen=True)
class Progress:
    """Dossiers entrusted, those begun, those of them handed in; `others` were handed in without having been entrusted."""

    assigned: int = 0
    begun: int = 0
    handed_in: int = 0
    others: int = 0

    @property
    def in_progress(self) -> int:
        return self.begun - self.handed_in

    @property
    def untouched(self) -> int:
        return self.assigned - self.begun


@dataclass(frozen=True)
class Reader:
    name: str
    is_president: bool
    has_declared: bool
    progress: Progress


def progress_of(seat: Juror) -> Progress:
    """One's own (two queries)."""
    return _by_juror(seat, Q(juror=seat)).get(seat.pk, Progress())


def progress_of_all(seat: Juror) -> list[Reader]:
    """Every seat of the jury, as `seat` may know of it: a dossier hidden from `seat` counts for nobody (three queries)."""
    found = _by_juror(seat, Q(juror__edition=seat.edition_id))
    rows = Juror.objects.seated().filter(edition=seat.edition_id).select_related("member")
    ordered = rows.order_by("-member__is_president", "member__position", "member__name", "pk")
    return [
        Reader(one.member.name, one.is_president, one.has_declared, found.get(one.pk, Progress()))
        for one in ordered
    ]


def total(readers: Iterable[Reader]) -> Progress:
    told = [one.progress for one in readers]
    return Progress(
        sum(one.assigned for one in told),
        sum(one.begun for one in told),
        sum(one.handed_in for one in told),
        sum(one.others for one in told),
    )


def _by_juror(seat: Juror, jurors: Q) -> dict[int, Progress]:
    known = judged_by(seat).values("pk")
    told = counted_evaluations(seat.edition).filter(jurors, candidacy__in=known).order_by()
    states = {(juror, key): state for juror, key, state in told.values_list("juror", "candidacy", "state")}
    may_read = Q(juror__left_at=None, juror__declared_at__isnull=False) & ~Exists(
        Recusal.objects.filter(in_force())
    )
    rows = Assignment.objects.filter(may_read, jurors, candidacy__in=known).order_by()
    assigned = set(rows.values_list("juror", "candidacy"))
    figures: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for juror, key in assigned | states.keys():
        is_asked, state = (juror, key) in assigned, states.get((juror, key))
        figures[juror]["assigned"] += is_asked
        figures[juror]["begun"] += is_asked and state is not None
        figures[juror]["handed_in"] += is_asked and state == EvaluationState.SUBMITTED
        figures[juror]["others"] += not is_asked and state == EvaluationState.SUBMITTED
    return {juror: Progress(**one) for juror, one in figures.items()}
