"""Awards are for reading: uncertain levels are confirmed on their own screen, sealed ones change by a published correction."""

from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin, ReadOnlyInline
from labels.models import Award, AwardCorrection, Mention, MentionTheme, Seal


class MentionInline(ReadOnlyInline):
    model = Mention
    fields = ("theme",)


@admin.register(Award)
class AwardAdmin(ReadOnlyAdmin):
    list_display = (
        "collectivity",
        "edition",
        "category",
        "level",
        "level_is_certain",
        "level_as_printed",
        "is_ten",
        "name_as_printed",
    )
    list_filter = ("edition", "category", "level", "level_is_certain", "is_ten", "collectivity__region")
    list_select_related = ("collectivity", "edition")
    search_fields = ("collectivity__sort_key", "collectivity__code", "name_as_printed")
    inlines = (MentionInline,)


@admin.register(MentionTheme)
class MentionThemeAdmin(ReadOnlyAdmin):
    """Chosen on the screen of the edition, until its palmarès is public."""

    list_display = ("name", "edition", "slug")
    list_filter = ("edition",)
    list_select_related = ("edition",)
    search_fields = ("name",)


@admin.register(Mention)
class MentionAdmin(ReadOnlyAdmin):
    list_display = ("award", "theme")
    list_filter = ("theme__edition", "theme")
    list_select_related = ("award__collectivity", "award__edition", "theme")
    search_fields = ("award__collectivity__sort_key", "theme__name")


@admin.register(Seal)
class SealAdmin(ReadOnlyAdmin):
    """The digest alone: both documents are megabytes, read on the screen of the palmarès once it is public."""

    list_display = ("edition", "sha256", "sealed_at", "by")
    list_select_related = ("edition", "by")
    fields = ("edition", "sha256", "sealed_at", "by")

    def get_queryset(self, request):
        return super().get_queryset(request).defer("bundle", "annex")


@admin.register(AwardCorrection)
class AwardCorrectionAdmin(ReadOnlyAdmin):
    list_display = ("at", "award", "reason", "by")
    list_filter = ("edition",)
    list_select_related = ("award__collectivity", "award__edition", "edition", "by")


@admin.register(Award.pgh_event_model)  # type: ignore[attr-defined]  # set by pghistory
class AwardEventAdmin(ReadOnlyAdmin):
    """Written by triggers of the database, whoever changed the row and however."""

    list_display = (
        "pgh_created_at",
        "pgh_label",
        "collectivity",
        "edition",
        "level",
        "level_is_certain",
        "is_ten",
        "why",
    )
    list_filter = ("pgh_label", "edition")
    list_select_related = ("collectivity", "edition", "pgh_context")
    search_fields = ("collectivity__sort_key", "collectivity__code")
    ordering = ("-pgh_id",)

    @admin.display(description="raison")
    def why(self, event):
        return (event.pgh_context.metadata if event.pgh_context else {}).get("reason", "")
