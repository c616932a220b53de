"""Invitations: sent and taken back from the team's page, answered from the link of the mail."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from atlaas.choices import Role
from atlaas.forms.affiliation import InvitationForm
from atlaas.operations.invitation import accept, ask_for_link, invite, revoke, send_again
from atlaas.queries.invitation import by_secret, unanswered, waiting_for
from atlaas.views.affiliation import team_page
from atlaas.views.attempt import attempt, person, place_of


@require_POST
def sending(request: HttpRequest, code: str) -> HttpResponse:
    place = place_of(request, code)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return team_page(request, place, form, status=422)
    email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
    done = f"L’invitation part à {email} : elle attend quatorze jours."
    attempt(request, lambda: invite(place, by=person(request), email=email, role=role), done)
    return redirect("space-team", code)


@require_POST
def renewal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    invitation = get_object_or_404(unanswered(place_of(request, code)), pk=pk)
    done = f"Un nouveau lien part à {invitation.email} ; l’ancien ne sert plus."
    attempt(request, lambda: send_again(invitation, by=person(request)), done)
    return redirect("space-team", code)


@require_POST
def withdrawal(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    invitation = get_object_or_404(unanswered(place_of(request, code)), pk=pk)
    done = f"L’invitation de {invitation.email} est retirée."
    attempt(request, lambda: revoke(invitation, by=person(request)), done)
    return redirect("space-team", code)


@require_POST
def reminder(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = get_object_or_404(waiting_for(person(request)), pk=pk)
    done = f"Le lien de l’invitation part à {invitation.email} : ouvrez-le depuis le courriel."
    attempt(request, lambda: ask_for_link(invitation, by=person(request)), done)
    return redirect("space")


@login_not_required
@never_cache
@require_safe
def detail(request: HttpRequest, secret: str) -> HttpResponse:
    """What the link opens, to whoever holds it: the person signs in, or opens an account, from here."""
    invitation = by_secret(secret)
    if invitation is None:
        raise Http404
    words = {"invitation": invitation, "secret": secret, "sign_in": resolve_url(settings.LOGIN_URL)}
    return render(request, "atlaas/space/invitation.html", words)


@require_POST
def acceptance(request: HttpRequest, secret: str) -> HttpResponse:
    invitation = by_secret(secret)
    if invitation is None:
        raise Http404
    done = f"Vous faites maintenant partie de l’équipe de {invitation.collectivity}."
    if attempt(request, lambda: accept(secret, by=person(request)), done):
        return redirect("space-collectivity", invitation.collectivity.code)
    return redirect("invitation", secret)
