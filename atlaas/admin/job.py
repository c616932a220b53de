from django.contrib import admin, messages

from atlaas import tasks
from atlaas.admin.read_only import ReadOnlyAdmin
from atlaas.models import Heartbeat, Job, Loading
from atlaas.operations import job as operations


@admin.register(Job)
class JobAdmin(ReadOnlyAdmin):
    list_display = ("kind", "key", "state", "attempts", "progress", "total", "created_at", "finished_at")
    list_filter = ("state", "kind")
    search_fields = ("kind", "key", "error")
    actions = ("ask_again",)

    def has_ask_again_permission(self, request):
        return request.user.is_superuser

    @admin.action(description="Demander à nouveau ces travaux", permissions=["ask_again"])
    def ask_again(self, request, queryset):
        for job in queryset.order_by("kind", "key"):
            operations.request(job.kind, key=job.key)
        tasks.wake()
        messages.success(request, "Les travaux choisis sont demandés.")


@admin.register(Heartbeat)
class HeartbeatAdmin(ReadOnlyAdmin):
    list_display = ("name", "at")
    search_fields = ("name",)


@admin.register(Loading)
class LoadingAdmin(ReadOnlyAdmin):
    list_display = ("command", "file_name", "created", "updated", "unchanged", "refused", "at")
    list_filter = ("command",)
    search_fields = ("file_name", "sha256")
