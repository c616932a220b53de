"""What the association may do for somebody who cannot enter: see the second factor, and take it away."""

from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin

from atlaas.admin.read_only import ReadOnlyAdmin

for app in ("account", "mfa", "socialaccount", "usersessions"):
    import_module(f"allauth.{app}.admin")  # registers its models now: the admin would do so after us
admin.site.unregister((Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession))


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnlyAdmin):
    """Never shows the secret: who reads it could be the person."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__name")
    exclude = ("data",)

    def has_delete_permission(self, request, obj=None):
        return admin.ModelAdmin.has_delete_permission(self, request, obj)
