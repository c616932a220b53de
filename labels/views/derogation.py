"""Asking to file although a condition is missing, and the answer."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlaas.models import Collectivity, User
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from labels.forms.derogation import DerogationForm
from labels.models import Edition
from labels.operations.derogation import ask
from labels.queries.eligibility import standing_of
from labels.rules.eligibility import reasons


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, code: str, year: int) -> HttpResponse:
    places = Collectivity.objects.served_by(request.user).select_related("departement")
    collectivity = get_object_or_404(places, code=code)
    edition = get_object_or_404(Edition.objects.with_campaign().select_related("rulebook"), year=year)
    form = DerogationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            ask(edition, collectivity, form.cleaned_data["reason"], cast("User", request.user))
        except Refused as refused:
            form.add_error("reason", french(str(refused)))
        else:
            messages.success(request, french("Votre demande est enregistrée : l’association répond ici."))
            return redirect("derogation", code, year)
    return _page(request, edition, collectivity, form)


def _page(
    request: HttpRequest, edition: Edition, collectivity: Collectivity, form: DerogationForm
) -> HttpResponse:
    asked = edition.derogations.filter(collectivity=collectivity).order_by("-asked_at")
    words = {
        "edition": edition,
        "collectivity": collectivity,
        "derogations": asked,
        "waits": any(one.state == "asked" for one in asked),
        "granted": any(one.state == "granted" for one in asked),
        "reasons": reasons(standing_of(edition, collectivity)),
        "form": form,
    }
    return render(request, "labels/candidacy/derogation.html", words, status=422 if form.errors else 200)
