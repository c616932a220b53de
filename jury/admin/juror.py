from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin
from jury.models import Juror, Recusal


@admin.register(Juror)
class JurorAdmin(ReadOnlyAdmin):
    list_display = ("member", "edition", "email", "invited_at", "joined_at", "declared_at", "left_at")
    list_filter = ("edition__year",)
    list_select_related = ("member", "edition")
    search_fields = ("member__name", "email")
    exclude = ("secret_hash",)


@admin.register(Recusal)
class RecusalAdmin(ReadOnlyAdmin):
    list_display = ("juror", "collectivity", "tie", "since", "at", "dismissed_at")
    list_filter = ("juror__edition__year", "tie")
    list_select_related = ("juror__member", "collectivity")
    search_fields = ("juror__member__name", "collectivity__sort_key")
