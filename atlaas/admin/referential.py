from django.contrib import admin

from atlaas.models import Enjeu, Family, Service


@admin.register(Family)
class FamilyAdmin(admin.ModelAdmin):
    list_display = ("name", "slug", "position")
    search_fields = ("name",)


@admin.register(Enjeu)
class EnjeuAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "family", "position", "is_attested", "family_is_attested")
    list_filter = ("family", "is_attested", "family_is_attested")
    list_select_related = ("family",)
    search_fields = ("name", "code")


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "enjeu", "position", "is_attested", "first_year", "last_year")
    list_filter = ("enjeu", "is_attested", "first_year", "last_year")
    list_select_related = ("enjeu",)
    search_fields = ("name", "code")
    autocomplete_fields = ("enjeu", "replaced_by")
