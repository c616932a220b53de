from labels.models.award import Award, Mention, MentionTheme
from labels.models.campaign import Arrival, Derogation, Extension, Probe, SeenAs
from labels.models.candidacy import (
    Candidacy,
    CandidacySheet,
    CandidacyStep,
    NotConcerned,
    Snapshot,
    Subscription,
)
from labels.models.document import KeptDocument
from labels.models.edition import Edition, PrintedFigure
from labels.models.editorial import EditorialBlock
from labels.models.jury_member import JuryMember
from labels.models.member_document import MemberDocument
from labels.models.questionnaire import Question, Section
from labels.models.rulebook import Criterion, EditionMailText, Rulebook
from labels.models.seal import AwardCorrection, Seal
from labels.models.statistics import CoverageFigure, Statistic, StatisticsRun

__all__ = (
    "Arrival",
    "Award",
    "AwardCorrection",
    "Candidacy",
    "CandidacySheet",
    "CandidacyStep",
    "CoverageFigure",
    "Criterion",
    "Derogation",
    "Edition",
    "EditionMailText",
    "EditorialBlock",
    "Extension",
    "JuryMember",
    "KeptDocument",
    "MemberDocument",
    "Mention",
    "MentionTheme",
    "NotConcerned",
    "PrintedFigure",
    "Probe",
    "Question",
    "Rulebook",
    "Seal",
    "Section",
    "SeenAs",
    "Snapshot",
    "Statistic",
    "StatisticsRun",
    "Subscription",
)
