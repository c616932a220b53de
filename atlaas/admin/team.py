"""Who acts for whom, and what people were told: consulted here, changed by the people of each collectivité."""

from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin
from atlaas.models import Affiliation, Claim, Invitation, Mandate, Notice, Silence

PLACE = ("collectivity__sort_key", "collectivity__code")


@admin.register(Affiliation)
class AffiliationAdmin(ReadOnlyAdmin):
    list_display = ("user", "collectivity", "role", "created_at")
    list_filter = ("role",)
    list_select_related = ("user", "collectivity")
    search_fields = ("user__email", "user__name", *PLACE)


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = (
        "email",
        "collectivity",
        "role",
        "invited_by",
        "created_at",
        "expires_at",
        "accepted_at",
        "revoked_at",
    )
    list_filter = ("role",)
    list_select_related = ("collectivity", "invited_by")
    search_fields = ("email", *PLACE)


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ("collectivity", "user", "function", "state", "created_at", "decided_at", "decided_by")
    list_filter = ("state",)
    list_select_related = ("collectivity", "user", "decided_by")
    search_fields = ("user__email", "user__name", *PLACE)


@admin.register(Mandate)
class MandateAdmin(ReadOnlyAdmin):
    list_display = ("collectivity", "operator", "holder", "holder_body", "starts_at", "until", "revoked_at")
    list_select_related = ("collectivity", "operator", "holder")
    search_fields = ("holder__email", "holder_body", "operator__sort_key", *PLACE)


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    list_display = (
        "title",
        "user",
        "kind",
        "collectivity",
        "created_at",
        "read_at",
        "mailed_at",
        "skipped_at",
    )
    list_filter = ("kind",)
    list_select_related = ("user", "collectivity")
    search_fields = ("title", "user__email")


@admin.register(Silence)
class SilenceAdmin(ReadOnlyAdmin):
    list_display = ("user", "kind", "created_at")
    list_filter = ("kind",)
    list_select_related = ("user",)
    search_fields = ("user__email",)
