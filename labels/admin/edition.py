from django.contrib import admin

from atlaas import tasks
from atlaas.admin.read_only import ReadOnlyAdmin
from labels.models import Edition, JuryMember, PrintedFigure, Rulebook
from labels.operations.award import request_statistics

# What the screens of the association's team change, by their rules and until their limits.
CAMPAIGN = (
    "year",
    "is_demo",
    "opens_at",
    "closes_at",
    "closing_clock",
    "jury_on",
    "referential_year",
    "made_from",
    "publish_at",
)


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    """Its extent, its ceremony; its publication too when a file brings it, for one that is judged here is sealed first."""

    list_display = ("year", "coverage", "ceremony_on", "published_at", "is_demo")
    list_filter = ("coverage", "is_demo")
    search_fields = ("year",)

    def get_readonly_fields(self, request, obj=None):
        if obj is None:
            return CAMPAIGN[1:]
        if obj.published_at is None:
            return (*CAMPAIGN, "published_at") if obj.opens_at else CAMPAIGN
        stands = (*CAMPAIGN, "published_at")
        return (*stands, "coverage", "ceremony_on") if obj.opens_at else stands

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        request_statistics({obj})
        tasks.wake()


@admin.register(Rulebook)
class RulebookAdmin(ReadOnlyAdmin):
    """Written by the screen « Règlement » of the edition, until it opens."""

    list_display = ("edition", "village_below", "ten_held_for")
    list_select_related = ("edition",)
    search_fields = ("edition__year",)


class ChangeAdmin(ReadOnlyAdmin):
    """Who changed what: written by triggers of the database, whoever changed the row and however."""

    list_filter = ("pgh_label",)
    ordering = ("-pgh_id",)

    @admin.display(description="par")
    def who(self, event):
        return (event.pgh_context.metadata if event.pgh_context else {}).get("user", "")


@admin.register(Edition.pgh_event_model)  # type: ignore[attr-defined]  # set by pghistory
class EditionEventAdmin(ChangeAdmin):
    list_display = ("pgh_created_at", "pgh_label", "year", "opens_at", "closes_at", "published_at", "who")
    list_select_related = ("pgh_context",)
    search_fields = ("year",)


@admin.register(Rulebook.pgh_event_model)  # type: ignore[attr-defined]  # set by pghistory
class RulebookEventAdmin(ChangeAdmin):
    list_display = ("pgh_created_at", "pgh_label", "edition", "grace_seconds", "service_steps", "who")
    list_select_related = ("pgh_context", "edition")
    search_fields = ("edition__year",)


@admin.register(JuryMember)
class JuryMemberAdmin(ReadOnlyAdmin):
    """Written on the screen of the edition, until its palmarès is public."""

    list_display = ("name", "edition", "function", "is_president", "position")
    list_filter = ("edition",)
    list_select_related = ("edition",)
    search_fields = ("name", "function")


@admin.register(PrintedFigure)
class PrintedFigureAdmin(admin.ModelAdmin):
    list_display = ("edition", "key", "region", "value", "place", "comment")
    list_filter = ("edition", "key", "region")
    list_select_related = ("edition", "region")
    search_fields = ("place", "comment")
