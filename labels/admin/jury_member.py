from django.contrib import admin

from labels.models import JuryMember


@admin.register(JuryMember)
class JuryMemberAdmin(admin.ModelAdmin):
    """Names, functions and biographies are public: a slip of the pen is mended here."""

    list_display = ("name", "edition", "function", "is_president", "is_listed")
    list_filter = ("edition__year", "is_listed")
    list_select_related = ("edition",)
    search_fields = ("name", "function")

    def get_readonly_fields(self, request, obj=None):
        """A seat hangs on the row: it stays in its edition."""
        return ("edition",) if obj else ()

    def has_delete_permission(self, request, obj=None):
        return False
