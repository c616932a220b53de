from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin
from atlaas.models import ImportedSheet, SavedSearch, SheetImport


@admin.register(SheetImport)
class SheetImportAdmin(ReadOnlyAdmin):
    list_display = ("file_name", "collectivity", "by", "state", "created_at", "done_at", "undone_at")
    list_filter = ("state",)
    list_select_related = ("collectivity", "by")
    search_fields = ("file_name", "sha256", "collectivity__name")


@admin.register(ImportedSheet)
class ImportedSheetAdmin(ReadOnlyAdmin):
    list_display = ("sheet", "run", "line", "is_new", "version_after")
    list_filter = ("is_new",)
    list_select_related = ("sheet", "run")
    search_fields = ("run__file_name", "sheet__title")


@admin.register(SavedSearch)
class SavedSearchAdmin(ReadOnlyAdmin):
    list_display = ("name", "user", "query", "is_alert", "created_at", "seen_until")
    list_filter = ("is_alert",)
    list_select_related = ("user",)
    search_fields = ("name", "query", "user__email")
