from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm

from atlaas.models import User


class LowerCaseEmail:
    """An address is written in lower case whatever the keyboard did (the database insists)."""

    cleaned_data: dict[str, str]

    def clean_email(self):
        return self.cleaned_data["email"].strip().lower()


class PersonCreationForm(LowerCaseEmail, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name")


class PersonChangeForm(LowerCaseEmail, UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class UserAdmin(StockUserAdmin):
    form = PersonChangeForm
    add_form = PersonCreationForm
    list_display = ("email", "name", "is_organiser", "is_staff", "is_active", "is_demo", "created_at")
    list_filter = ("is_organiser", "is_staff", "is_superuser", "is_active", "is_demo")
    search_fields = ("email", "name")
    ordering = ("email",)
    readonly_fields = ("last_login", "created_at")
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (
            "Rôles",
            {
                "fields": (
                    "is_active",
                    "is_organiser",
                    "is_staff",
                    "is_superuser",
                    "groups",
                    "user_permissions",
                    "is_demo",
                )
            },
        ),
        ("Dates", {"fields": ("last_login", "created_at")}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "usable_password", "password1", "password2")}),)
