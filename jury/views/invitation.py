"""The link of an invitation to sit: seen by whoever holds it, accepted by one signed-in person."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from atlaas.views.attempt import attempt, person
from jury.operations.invitation import accept
from jury.queries.juror import by_secret


@login_not_required
@never_cache
@require_safe
def detail(request: HttpRequest, secret: str) -> HttpResponse:
    found = by_secret(secret)
    if found is None:
        raise Http404
    words = {
        "seat": found,
        "edition": found.edition,
        "secret": secret,
        "sign_in": resolve_url(settings.LOGIN_URL),
    }
    return render(request, "jury/juror/invitation.html", words)


@require_POST
def acceptance(request: HttpRequest, secret: str) -> HttpResponse:
    found = by_secret(secret)
    if found is None:
        raise Http404
    done = f"Vous siégez au jury {found.edition.year} : commencez par déclarer vos liens."
    if attempt(request, lambda: accept(secret, by=person(request)), done):
        return redirect("jury-home", found.edition.year)
    return redirect("jury-invitation", secret)
