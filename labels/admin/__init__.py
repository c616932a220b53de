from labels.admin.award import AwardAdmin, AwardEventAdmin, MentionAdmin, MentionThemeAdmin
from labels.admin.edition import EditionAdmin, PrintedFigureAdmin, RulebookAdmin
from labels.admin.statistics import StatisticAdmin, StatisticsRunAdmin

__all__ = (
    "AwardAdmin",
    "AwardEventAdmin",
    "EditionAdmin",
    "MentionAdmin",
    "MentionThemeAdmin",
    "PrintedFigureAdmin",
    "RulebookAdmin",
    "StatisticAdmin",
    "StatisticsRunAdmin",
)
