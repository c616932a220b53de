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
from labels.models.questionnaire import Question, Section
from labels.models.rulebook import Criterion, EditionMailText, Rulebook
from labels.models.statistics import Statistic, StatisticsRun

__all__ = (
    "Arrival",
    "Award",
    "Candidacy",
    "CandidacySheet",
    "CandidacyStep",
    "Criterion",
    "Derogation",
    "Edition",
    "EditionMailText",
    "EditorialBlock",
    "Extension",
    "JuryMember",
    "KeptDocument",
    "Mention",
    "MentionTheme",
    "NotConcerned",
    "PrintedFigure",
    "Probe",
    "Question",
    "Rulebook",
    "Section",
    "SeenAs",
    "Snapshot",
    "Statistic",
    "StatisticsRun",
    "Subscription",
)
