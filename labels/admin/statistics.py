"""What the worker computed; nobody writes a figure by hand."""

from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin
from labels.models import CoverageFigure, Statistic, StatisticsRun


@admin.register(Statistic)
class StatisticAdmin(ReadOnlyAdmin):
    list_display = (
        "edition",
        "place",
        "category",
        "level",
        "laureates",
        "ten",
        "mentions",
        "communes",
        "inhabitants",
        "sheets",
    )
    list_filter = ("edition", "category", "level", "region")
    list_select_related = ("edition", "region", "departement")
    search_fields = ("region__name",)

    @admin.display(description="lieu", ordering="region__sort_key")
    def place(self, statistic):
        return statistic.departement or statistic.region or "France"


@admin.register(CoverageFigure)
class CoverageFigureAdmin(ReadOnlyAdmin):
    list_display = ("edition", "enjeu", "service", "dossiers", "sheets", "dossiers_before", "sheets_before")
    list_filter = ("edition", "enjeu")
    list_select_related = ("edition", "enjeu", "service")
    search_fields = ("service__name", "enjeu__name")


@admin.register(StatisticsRun)
class StatisticsRunAdmin(ReadOnlyAdmin):
    list_display = ("edition", "computed_at", "digest", "compared_with")
    list_select_related = ("edition", "compared_with")
    search_fields = ("edition__year", "digest")
