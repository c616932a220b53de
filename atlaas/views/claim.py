"""Requests to act for a collectivité: asked from the people's space, answered by the association's team."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.forms.claim import ClaimForm, DecisionForm
from atlaas.models import Claim, Collectivity
from atlaas.operations.claim import approve, claim, refuse
from atlaas.permissions import is_organiser
from atlaas.queries.affiliation import managers
from atlaas.queries.claim import decided, pending, with_state
from atlaas.queries.lookup import find_collectivities
from atlaas.rules.text import french
from atlaas.views.attempt import attempt, person

PER_PAGE = 20
DECIDED_SHOWN = 20


@never_cache
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "")
    words = {"q": asked, "found": with_state(find_collectivities(asked)) if asked else []}
    return render(request, "atlaas/space/claim_search.html", words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def making(request: HttpRequest, code: str) -> HttpResponse:
    place = get_object_or_404(Collectivity.objects.current().with_place(), code=code)
    form = ClaimForm(request.POST or None)
    done = f"Votre demande pour {place} est partie : l’association vous répond par un message."
    if form.is_valid():
        if attempt(request, lambda: claim(place, by=person(request), **form.cleaned_data), done):
            return redirect("space")
        return redirect("claim-search")
    words = {"place": place, "form": form, "is_run": managers(place).exists()}
    return render(request, "atlaas/space/claim.html", words, status=422 if form.errors else 200)


@never_cache
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    if not is_organiser(person(request)):
        raise Http404
    page = Paginator(pending(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "atlaas/space/claims.html", {"page": page, "decided": decided()[:DECIDED_SHOWN]})


@require_POST
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    if not is_organiser(person(request)):
        raise Http404
    asked = get_object_or_404(Claim.objects.select_related("user", "collectivity"), pk=pk)
    form = DecisionForm(request.POST)
    if form.is_valid():
        _decide(request, asked, form.cleaned_data["decision"], form.cleaned_data["answer"])
    else:
        messages.error(request, french("Choisissez d’accepter ou de refuser, en 2000 signes au plus."))
    return redirect("claims")


def _decide(request: HttpRequest, asked: Claim, chosen: str, answer: str) -> None:
    verb, done = (approve, "acceptée") if chosen == "approve" else (refuse, "refusée")
    words = f"La demande de {asked.user} pour {asked.collectivity} est {done} ; la personne est prévenue."
    attempt(request, lambda: verb(asked, by=person(request), answer=answer), words)
