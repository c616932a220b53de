from labels.admin.award import AwardAdmin, AwardEventAdmin, MentionAdmin, MentionThemeAdmin
from labels.admin.campaign import (
    ArrivalAdmin,
    CandidacyAdmin,
    CandidacySheetAdmin,
    CandidacyStepAdmin,
    CriterionAdmin,
    DerogationAdmin,
    EditionMailTextAdmin,
    ExtensionAdmin,
    NotConcernedAdmin,
    ProbeAdmin,
    QuestionAdmin,
    SectionAdmin,
    SeenAsAdmin,
    SnapshotAdmin,
    SubscriptionAdmin,
)
from labels.admin.edition import EditionAdmin, PrintedFigureAdmin, RulebookAdmin
from labels.admin.jury_member import JuryMemberAdmin
from labels.admin.statistics import StatisticAdmin, StatisticsRunAdmin

__all__ = (
    "ArrivalAdmin",
    "AwardAdmin",
    "AwardEventAdmin",
    "CandidacyAdmin",
    "CandidacySheetAdmin",
    "CandidacyStepAdmin",
    "CriterionAdmin",
    "DerogationAdmin",
    "EditionAdmin",
    "EditionMailTextAdmin",
    "ExtensionAdmin",
    "JuryMemberAdmin",
    "MentionAdmin",
    "MentionThemeAdmin",
    "NotConcernedAdmin",
    "PrintedFigureAdmin",
    "ProbeAdmin",
    "QuestionAdmin",
    "RulebookAdmin",
    "SectionAdmin",
    "SeenAsAdmin",
    "SnapshotAdmin",
    "StatisticAdmin",
    "StatisticsRunAdmin",
    "SubscriptionAdmin",
)
