"""The official geography: written by `import_geography` only, so that no figure rests on a value changed by hand."""

from django.contrib import admin
from django.db.models import Q

from atlaas.admin.read_only import ReadOnlyAdmin
from atlaas.models import Collectivity, Departement, Region, Succession
from atlaas.rules.text import fold


@admin.register(Region)
class RegionAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "zone", "population")
    list_filter = ("zone",)
    search_fields = ("name", "sort_key", "code")


@admin.register(Departement)
class DepartementAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "region", "population")
    list_filter = ("region",)
    list_select_related = ("region",)
    search_fields = ("name", "sort_key", "code")


@admin.register(Collectivity)
class CollectivityAdmin(ReadOnlyAdmin):
    list_display = ("name", "code", "kind", "nature", "departement", "region", "population", "is_current")
    list_filter = ("kind", "nature", "is_current", "region")
    list_select_related = ("departement", "region")
    search_fields = ("sort_key", "code")
    search_help_text = "Nom, sans souci des accents, ou code INSEE ou SIREN."
    autocomplete_fields = ("epci",)

    def get_search_results(self, request, queryset, search_term):
        """Names are met by their folded key, which the trigram index holds; the stock search would fold nothing."""
        term = search_term.replace("\x00", "").strip()
        found = Q(code=term.upper()) | (Q(sort_key__contains=fold(term)) if fold(term) else Q())
        return (queryset.filter(found) if term else queryset), False


@admin.register(Succession)
class SuccessionAdmin(ReadOnlyAdmin):
    list_display = ("old_code", "successor", "date", "source")
    list_select_related = ("successor",)
    search_fields = ("old_code", "successor__code", "successor__sort_key")
