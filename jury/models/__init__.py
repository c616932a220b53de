from jury.models.assignment import Assignment, AssignmentRun
from jury.models.evaluation import Evaluation, Remark, Score, ScoreChange
from jury.models.juror import Juror, Recusal
from jury.models.sitting import Sitting

__all__ = (
    "Assignment",
    "AssignmentRun",
    "Evaluation",
    "Juror",
    "Recusal",
    "Remark",
    "Score",
    "ScoreChange",
    "Sitting",
)
