"""Lists that people consult and never write: what an import or the worker wrote."""

from django.contrib import admin


class ForReading:
    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyAdmin(ForReading, admin.ModelAdmin):
    """A list and its rows."""


class ReadOnlyInline(ForReading, admin.TabularInline):
    """The rows of another model, on the page of the one they belong to."""
