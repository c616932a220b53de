"""What a press kit is made of, and the documents that are kept: read here."""

from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin
from labels.models import EditorialBlock, KeptDocument


@admin.register(EditorialBlock)
class EditorialBlockAdmin(ReadOnlyAdmin):
    list_display = ("__str__", "edition", "kind", "signatory", "position")
    list_filter = ("edition", "kind")
    list_select_related = ("edition",)
    search_fields = ("title", "signatory")


@admin.register(KeptDocument)
class KeptDocumentAdmin(ReadOnlyAdmin):
    list_display = ("kind", "key", "size", "made_at", "digest")
    list_filter = ("kind",)
    search_fields = ("kind", "key")
