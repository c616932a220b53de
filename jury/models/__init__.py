from jury.models.assignment import Assignment, AssignmentRun
from jury.models.evaluation import Evaluation, Remark, Score, ScoreChange
from jury.models.juror import Juror, Recusal
from jury.models.letter import Letter, LetterCopy, RemarkSettlement
from jury.models.sitting import Sitting

__all__ = (
    "Assignment",
    "AssignmentRun",
    "Evaluation",
    "Juror",
    "Letter",
    "LetterCopy",
    "Recusal",
    "Remark",
    "RemarkSettlement",
    "Score",
    "ScoreChange",
    "Sitting",
)
