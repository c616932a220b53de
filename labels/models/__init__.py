from labels.models.award import Award, Mention, MentionTheme
from labels.models.edition import Edition, PrintedFigure, Rulebook
from labels.models.statistics import Statistic, StatisticsRun

__all__ = (
    "Award",
    "Edition",
    "Mention",
    "MentionTheme",
    "PrintedFigure",
    "Rulebook",
    "Statistic",
    "StatisticsRun",
)
