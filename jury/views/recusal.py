"""A juror declares their ties, before anything opens and at any time after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from atlaas.views.attempt import attempt, person
from jury.forms.recusal import TieForm
from jury.models import Recusal
from jury.operations.recusal import finish, take_back
from jury.views.seat import seat
from jury.views.tie_page import asks_fragment, declared, searched, words_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, year: int) -> HttpResponse:
    """The page, or what the search changes in it; the address says which collectivité is meant."""
    own = seat(request, year)
    form = TieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and declared(request, own, form):
        return redirect("jury-ties", year)
    if asks_fragment(request):
        response = render(request, "jury/recusal/_results.html", {"search": searched(request)})
    else:
        status = 422 if form.errors else 200
        response = render(request, "jury/recusal/detail.html", words_of(request, own, form), status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
def taking_back(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    rows = Recusal.objects.select_related("juror__edition", "collectivity")
    tie = get_object_or_404(rows, pk=pk, juror=seat(request, year))
    done = f"Le lien avec {tie.collectivity} est ôté."
    attempt(request, lambda: take_back(tie, by=person(request)), done)
    return redirect("jury-ties", year)


@require_POST
def finishing(request: HttpRequest, year: int) -> HttpResponse:
    own, says_none = seat(request, year), request.POST.get("aucun") == "1"
    done = "C’est noté : les dossiers s’ouvrent. Vous pouvez déclarer un autre lien à tout moment."
    if attempt(request, lambda: finish(own, by=person(request), says_none=says_none), done):
        return redirect("jury-home", year)
    return redirect("jury-ties", year)
