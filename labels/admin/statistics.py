"""What the worker computed; nobody writes a figure by hand."""

from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin
from labels.models import Statistic, StatisticsRun


@admin.register(Statistic)
class StatisticAdmin(ReadOnlyAdmin):
    list_display = ("edition", "place", "category", "laureates", "ten", "mentions", "communes", "inhabitants")
    list_filter = ("edition", "category", "region")
    list_select_related = ("edition", "region")
    search_fields = ("region__name",)

    @admin.display(description="région", ordering="region__sort_key")
    def place(self, statistic):
        return statistic.region or "France"


@admin.register(StatisticsRun)
class StatisticsRunAdmin(ReadOnlyAdmin):
    list_display = ("edition", "computed_at", "digest")
    list_select_related = ("edition",)
    search_fields = ("edition__year", "digest")
