"""The door to evaluations: which ones count, and which of them a juror may see."""

from django.db.models import QuerySet

from jury.choices import EvaluationState
from jury.models import Evaluation, Juror
from jury.queries.door import candidates, judged_by
from jury.queries.recusal import counted_evaluations
from labels.models import Edition


def handed_in(edition: Edition) -> QuerySet[Evaluation]:
    """The evaluations handed in of the dossiers that the jury judges; none of who is tied to the dossier."""
    rows = counted_evaluations(edition).filter(state=EvaluationState.SUBMITTED)
    return rows.filter(candidacy__in=candidates(edition))


def seen_by(seat: Juror) -> QuerySet[Evaluation]:
    """Those that a juror may see, their own among them: of the dossiers they know of, and whose evaluation they handed in."""
    own = Evaluation.objects.filter(juror=seat, state=EvaluationState.SUBMITTED).values("candidacy")
    known = judged_by(seat).filter(pk__in=own).values("pk")
    return counted_evaluations(seat.edition).filter(state=EvaluationState.SUBMITTED, candidacy__in=known)
