from jury.models.assignment import Assignment, AssignmentRun
from jury.models.evaluation import Evaluation, Remark, Score, ScoreChange
from jury.models.item import Item
from jury.models.journal import Entry
from jury.models.juror import Juror, Recusal
from jury.models.letter import Letter, LetterCopy, RemarkSettlement
from jury.models.minutes import Signature
from jury.models.sitting import Presence, Sitting

__all__ = (
    "Assignment",
    "AssignmentRun",
    "Entry",
    "Evaluation",
    "Item",
    "Juror",
    "Letter",
    "LetterCopy",
    "Presence",
    "Recusal",
    "Remark",
    "RemarkSettlement",
    "Score",
    "ScoreChange",
    "Signature",
    "Sitting",
)
