"""Registers of the campaign: read here, changed by the screens that check who may, and until when."""

from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin
from labels.models import (
    Arrival,
    Candidacy,
    CandidacySheet,
    CandidacyStep,
    Criterion,
    Derogation,
    EditionMailText,
    Extension,
    MemberDocument,
    NotConcerned,
    Probe,
    Question,
    Section,
    SeenAs,
    Snapshot,
    Subscription,
)

PLACE = ("candidacy__collectivity", "candidacy__edition")
CANDIDACY_NAME = "candidacy__collectivity__sort_key"


@admin.register(Criterion)
class CriterionAdmin(ReadOnlyAdmin):
    list_display = ("name", "edition", "category", "weight", "is_proposal", "position")
    list_filter = ("edition", "category", "is_proposal")
    list_select_related = ("edition",)
    search_fields = ("name", "code")


@admin.register(EditionMailText)
class EditionMailTextAdmin(ReadOnlyAdmin):
    list_display = ("subject", "edition", "kind")
    list_filter = ("edition", "kind")
    list_select_related = ("edition",)
    search_fields = ("subject",)


@admin.register(Section)
class SectionAdmin(ReadOnlyAdmin):
    list_display = ("title", "edition", "category", "part", "position")
    list_filter = ("edition", "category", "part")
    list_select_related = ("edition",)
    search_fields = ("title",)


@admin.register(Question)
class QuestionAdmin(ReadOnlyAdmin):
    list_display = ("text", "section", "kind", "is_required", "is_proposal", "position")
    list_filter = ("kind", "is_required", "is_proposal")
    list_select_related = ("section",)
    search_fields = ("text", "code")


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    list_display = ("collectivity", "year", "status", "comment", "changed_at")
    list_filter = ("year", "status")
    list_select_related = ("collectivity",)
    search_fields = ("collectivity__sort_key", "collectivity__code")


@admin.register(NotConcerned)
class NotConcernedAdmin(ReadOnlyAdmin):
    list_display = ("collectivity", "service", "reason", "by", "at")
    list_select_related = ("collectivity", "service", "by")
    search_fields = ("collectivity__sort_key", "service__name")


@admin.register(Candidacy)
class CandidacyAdmin(ReadOnlyAdmin):
    list_display = ("collectivity", "edition", "state", "category", "filed", "version", "saved_at")
    list_filter = ("edition", "state", "category")
    list_select_related = ("collectivity", "edition", "filed")
    search_fields = ("collectivity__sort_key", "collectivity__code")


@admin.register(CandidacySheet)
class CandidacySheetAdmin(ReadOnlyAdmin):
    list_display = ("candidacy", "sheet", "choice", "position")
    list_filter = ("choice",)
    list_select_related = (*PLACE, "sheet")
    search_fields = (CANDIDACY_NAME, "sheet__title")


@admin.register(CandidacyStep)
class CandidacyStepAdmin(ReadOnlyAdmin):
    list_display = ("candidacy", "step", "by", "at")
    list_filter = ("step",)
    list_select_related = (*PLACE, "by")
    search_fields = (CANDIDACY_NAME,)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    list_display = ("number", "candidacy", "rank", "sha256", "by", "arrived_at")
    list_select_related = (*PLACE, "by")
    search_fields = ("number", "sha256", CANDIDACY_NAME)


@admin.register(Derogation)
class DerogationAdmin(ReadOnlyAdmin):
    list_display = ("collectivity", "edition", "state", "asked_at", "answered_at")
    list_filter = ("edition", "state")
    list_select_related = ("collectivity", "edition")
    search_fields = ("collectivity__sort_key", "reason")


@admin.register(Extension)
class ExtensionAdmin(ReadOnlyAdmin):
    list_display = ("candidacy", "until", "reason", "by", "ended_at")
    list_select_related = (*PLACE, "by")
    search_fields = (CANDIDACY_NAME, "reason")


@admin.register(Probe)
class ProbeAdmin(ReadOnlyAdmin):
    list_display = ("minute", "draft_ms", "filing_ms", "error")
    search_fields = ("error",)


@admin.register(Arrival)
class ArrivalAdmin(ReadOnlyAdmin):
    list_display = ("at", "user", "method", "path", "status", "size", "milliseconds")
    list_filter = ("status", "method")
    list_select_related = ("user",)
    search_fields = ("path", "user__email")


@admin.register(SeenAs)
class SeenAsAdmin(ReadOnlyAdmin):
    list_display = ("at", "organiser", "collectivity", "path")
    list_select_related = ("organiser", "collectivity")
    search_fields = ("organiser__email", "collectivity__sort_key")


@admin.register(MemberDocument)
class MemberDocumentAdmin(ReadOnlyAdmin):
    list_display = ("collectivity", "kind", "asked_at", "made_at", "size", "kept_until")
    list_filter = ("kind",)
    list_select_related = ("collectivity",)
    search_fields = ("collectivity__sort_key", "collectivity__code")
