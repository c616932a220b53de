"""The forms of allauth with our words: no placeholder, and hints that say what to type."""

from collections.abc import Mapping

from allauth.account import forms as stock
from allauth.account.internal.flows.manage_email import sync_user_email_address
from django import forms

from atlaas.models import User

ADDRESS = "Adresse électronique"
CODE_HINT = "Il est dans le courriel que nous venons d’envoyer."
LONG_ENOUGH = "Douze signes au moins : quelques mots que vous retenez font un bon mot de passe."


class Worded:
    """Labels and hints of ours in place of allauth's."""

    labels: Mapping[str, str] = {}
    hints: Mapping[str, str] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class LoginForm(Worded, stock.LoginForm):
    labels = {
        "login": ADDRESS,
        "password": "Mot de passe",
        "remember": "Rester connecté deux semaines sur cet ordinateur",
    }
    hints = {"remember": "À ne pas cocher sur un ordinateur partagé."}


class SignupForm(Worded, stock.SignupForm):
    field_order = ("name", "email", "password1")
    name = forms.CharField(max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    labels = {"name": "Prénom et nom", "email": ADDRESS, "password1": "Mot de passe"}
    hints = {
        "name": "Vos collègues les verront ; le public, non.",
        "email": "De préférence celle de votre mairie ou de votre organisme.",
        "password1": LONG_ENOUGH,
    }


class ReauthenticateForm(Worded, stock.ReauthenticateForm):
    labels = {"password": "Mot de passe"}


class RequestLoginCodeForm(Worded, stock.RequestLoginCodeForm):
    labels = {"email": ADDRESS}
    _user: User | None

    def clean_email(self):
        """Demo accounts are answered as unknown; one made in the admin gets the row that the code will verify."""
        email = super().clean_email()
        if self._user and self._user.is_demo:
            self._user = None
        if self._user:
            sync_user_email_address(self._user)
        return email


class ConfirmLoginCodeForm(Worded, stock.ConfirmLoginCodeForm):
    labels = {"code": "Code"}
    hints = {"code": CODE_HINT}


class ConfirmEmailVerificationCodeForm(Worded, stock.ConfirmEmailVerificationCodeForm):
    labels = {"code": "Code"}
    hints = {"code": CODE_HINT}


class AddEmailForm(Worded, stock.AddEmailForm):
    labels = {"email": "Nouvelle adresse électronique"}


class ChangePasswordForm(Worded, stock.ChangePasswordForm):
    labels = {
        "oldpassword": "Mot de passe actuel",
        "password1": "Nouveau mot de passe",
        "password2": "Le nouveau, encore une fois",
    }
    hints = {"password1": LONG_ENOUGH}


class SetPasswordForm(Worded, stock.SetPasswordForm):
    labels = {"password1": "Mot de passe", "password2": "Encore une fois"}
    hints = {"password1": LONG_ENOUGH}


class ResetPasswordForm(Worded, stock.ResetPasswordForm):
    labels = {"email": ADDRESS}
    users: list[User]

    def clean_email(self):
        """Demo accounts have no password: they are answered as unknown."""
        email = super().clean_email()
        self.users = [user for user in self.users if not user.is_demo]
        return email


class ResetPasswordFromKeyForm(Worded, stock.ResetPasswordKeyForm):
    labels = {"password1": "Nouveau mot de passe", "password2": "Encore une fois"}
    hints = {"password1": LONG_ENOUGH}
