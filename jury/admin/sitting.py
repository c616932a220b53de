from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin
from jury.models import Sitting


@admin.register(Sitting)
class SittingAdmin(ReadOnlyAdmin):
    list_display = ("edition", "state", "readers", "opened_at", "closed_at")
    list_select_related = ("edition",)
    exclude = ("habits",)  # how each juror scores: staff are organisers too
