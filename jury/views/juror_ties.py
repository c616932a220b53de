"""The association's screen of a juror's ties: adds one in their name, dismisses a false one with a reason."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from atlaas.rules.text import french
from atlaas.views.attempt import attempt, person
from jury.forms.recusal import DismissalForm, TieForm
from jury.models import Recusal
from jury.operations.recusal import dismiss
from jury.views.juror import seat_of
from jury.views.tie_page import asks_fragment, declared, searched, words_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    seat = seat_of(request, year, pk)
    form = TieForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and declared(request, seat, form):
        return redirect("juror-ties", year, pk)
    if asks_fragment(request):
        response = render(request, "jury/recusal/_results.html", {"search": searched(request)})
    else:
        words = words_of(request, seat, form) | {"dismissal": DismissalForm(auto_id="ecart_%s")}
        status = 422 if form.errors else 200
        response = render(request, "jury/juror/ties.html", words, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_POST
def dismissal(request: HttpRequest, year: int, pk: int, tie: int) -> HttpResponse:
    rows = Recusal.objects.select_related("juror__edition", "collectivity")
    found = get_object_or_404(rows, juror=seat_of(request, year, pk), pk=tie)
    form = DismissalForm(request.POST)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        done = f"Le lien avec {found.collectivity} est écarté ; la raison est gardée."
        attempt(request, lambda: dismiss(found, by=person(request), reason=reason), done)
    else:
        messages.error(request, french(str(form.errors["reason"][0])))
    return redirect("juror-ties", year, pk)
