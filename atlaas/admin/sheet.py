"""Registers of fiches: read here, changed by the screens that check who may."""

from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin
from atlaas.models import Attachment, PublicSheet, Report, Revision, Sheet, SheetStep, Withdrawal
from atlaas.rules.sheet import FACTS


@admin.register(Sheet)
class SheetAdmin(ReadOnlyAdmin):
    list_display = ("title", "collectivity", "state", "version", "published_version", "saved_at", "is_demo")
    list_filter = ("state", "kind", "is_demo")
    list_select_related = ("collectivity",)
    search_fields = ("title", "collectivity__sort_key", "collectivity__code")
    fields = (
        "collectivity",
        "state",
        "version",
        "published_version",
        *FACTS,
        "services",
        "inspired_by",
        "created_by",
        "created_at",
        "saved_by",
        "saved_at",
        "is_demo",
    )


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ("sheet", "number", "kind", "mandate", "at")
    list_filter = ("kind",)
    list_select_related = ("sheet", "mandate__operator", "mandate__holder", "mandate__collectivity")
    search_fields = ("sheet__title", "sheet__collectivity__code")


@admin.register(PublicSheet)
class PublicSheetAdmin(ReadOnlyAdmin):
    list_display = ("title", "collectivity", "kind", "is_running", "published_at", "updated_at", "is_demo")
    list_filter = ("kind", "is_running", "is_demo")
    list_select_related = ("collectivity",)
    search_fields = ("title", "collectivity__sort_key", "collectivity__code")
    fields = (
        "sheet",
        "revision",
        "collectivity",
        "region",
        "departement",
        "population",
        *FACTS,
        "service_names",
        "inspired_by",
        "published_at",
        "updated_at",
        "is_demo",
    )


@admin.register(Attachment)
class AttachmentAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "sheet", "size", "created_at", "removed_at")
    list_filter = ("kind",)
    list_select_related = ("sheet",)
    search_fields = ("name", "sha256", "sheet__title")


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
    list_display = ("sheet", "state", "created_at", "answered_by", "answered_at")
    list_filter = ("state",)
    list_select_related = ("sheet", "answered_by")
    search_fields = ("message", "sheet__title")


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    list_display = ("sheet", "by", "at", "contested_at", "settled_at", "lifted_at")
    list_select_related = ("sheet", "by")
    search_fields = ("reason", "sheet__title")


@admin.register(SheetStep)
class SheetStepAdmin(ReadOnlyAdmin):
    list_display = ("sheet", "step", "by", "mandate", "at")
    list_filter = ("step",)
    list_select_related = ("sheet", "by", "mandate__operator", "mandate__holder", "mandate__collectivity")
    search_fields = ("sheet__title",)
