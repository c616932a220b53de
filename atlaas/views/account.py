"""What we ask of allauth: its words in French, its mails in text and HTML, demo accounts kept as they are."""

from collections.abc import Callable
from functools import wraps

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.contrib import messages
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string

from atlaas.rules.mail_blocks import blocks
from atlaas.rules.mailing import typeset
from atlaas.rules.text import french

REFUSALS = {
    "email_password_mismatch": "Cette adresse et ce mot de passe ne vont pas ensemble. Vérifiez les deux, puis essayez de nouveau.",
    "enter_current_password": "Ce n’est pas votre mot de passe actuel.",
    "incorrect_code": "Ce code n’est pas le bon : reprenez celui du dernier courriel reçu.",
    "incorrect_password": "Ce n’est pas votre mot de passe.",
    "invalid_password_reset": "Ce lien a déjà servi ou n’est plus valable.",
    "rate_limited": "Trop de demandes à la suite : attendez une minute, puis recommencez.",
    "same_as_current": "C’est déjà l’adresse de votre compte.",
    "duplicate_email": "C’est déjà l’adresse de votre compte.",
    "email_taken": "Cette adresse ne peut pas être ajoutée à votre compte.",
    "too_many_login_attempts": "Trop d’essais : attendez cinq minutes, ou demandez un code par courriel.",
}


class Adapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        code: french(sentence) for code, sentence in REFUSALS.items()
    }

    def render_mail(self, template_prefix, email, context, headers=None) -> EmailMultiAlternatives:
        """The text of the template, typeset, and the same as HTML."""
        mail = super().render_mail(template_prefix, email, context, headers)
        mail.subject, mail.body = french(mail.subject), typeset(mail.body)
        words = {"subject": mail.subject, "blocks": blocks(mail.body)}
        mail.attach_alternative(render_to_string("account/email/message.html", words), "text/html")
        return mail

    def save_user(self, request, user, form, commit=True):
        user.name = form.cleaned_data.get("name", "")
        return super().save_user(request, user, form, commit)

    def pre_login(self, request, user, **kwargs) -> HttpResponse | None:
        """Demo accounts are entered by the bar of the demo only, whatever the door."""
        if user.is_demo:
            raise ImmediateHttpResponse(redirect("account_login"))
        return super().pre_login(request, user, **kwargs)


def not_for_demo(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Keep the shared accounts of the demo as they are: no address, password nor second factor is set on them."""

    @wraps(view)
    def kept(request: HttpRequest, **words: str) -> HttpResponse:
        if getattr(request.user, "is_demo", False):
            messages.info(request, french("Un compte de démonstration ne se modifie pas : il est partagé."))
            return redirect("home")
        return view(request, **words)

    return kept
