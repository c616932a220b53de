"""What only the demo has; everywhere else these addresses do not exist."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from atlaas.queries.demo import ROLES, demo_account
from atlaas.queries.kept_mail import kept_mail, kept_mails


def demo_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 unless this is the demo, whatever the method."""

    @login_not_required
    @wraps(view)
    def guarded(request: HttpRequest, **words: str) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, **words)

    return guarded


@demo_only
@require_POST
def sign_in(request: HttpRequest, role: str) -> HttpResponse:
    if role not in ROLES:
        raise Http404
    account = demo_account(role)
    target = request.POST.get("next", "")
    if account is None:
        messages.error(
            request,
            "Ce compte de démonstration n’existe pas encore : chargez les données de la démonstration.",
        )
    else:
        login(request, account)
    is_safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if is_safe else "home")


@demo_only
def mails(request: HttpRequest) -> HttpResponse:
    return render(request, "atlaas/demo/mails.html", {"mails": kept_mails()})


@demo_only
def mail(request: HttpRequest, name: str) -> HttpResponse:
    found = kept_mail(name)
    if found is None:
        raise Http404
    return render(request, "atlaas/demo/mail.html", {"mail": found})
