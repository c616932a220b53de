from django.contrib import admin

from atlaas import tasks
from labels.models import Edition, PrintedFigure, Rulebook
from labels.operations.award import request_statistics


class RulebookInline(admin.StackedInline):
    model = Rulebook
    can_delete = False


@admin.register(Edition)
class EditionAdmin(admin.ModelAdmin):
    list_display = ("year", "coverage", "ceremony_on", "published_at", "is_demo")
    list_filter = ("coverage", "is_demo")
    search_fields = ("year",)
    inlines = (RulebookInline,)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        request_statistics({obj})
        tasks.wake()


@admin.register(Rulebook)
class RulebookAdmin(admin.ModelAdmin):
    list_display = ("edition", "village_below", "ten_held_for")
    list_select_related = ("edition",)
    search_fields = ("edition__year",)


@admin.register(PrintedFigure)
class PrintedFigureAdmin(admin.ModelAdmin):
    list_display = ("edition", "key", "region", "value", "place", "comment")
    list_filter = ("edition", "key", "region")
    list_select_related = ("edition", "region")
    search_fields = ("place", "comment")
