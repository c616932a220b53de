"""Mandates that a collectivité gives, and what is done by them."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from atlaas.choices import Role
from atlaas.forms.mandate import OperatorMandateForm, PersonMandateForm
from atlaas.models import Collectivity
from atlaas.operations.mandate import grant_to_collectivity, grant_to_person, revoke
from atlaas.permissions import NEEDS
from atlaas.queries.lookup import find_collectivities
from atlaas.queries.mandate import deeds_by_mandate, mandates_of
from atlaas.queries.right import right_on
from atlaas.rules.mandate import months_after
from atlaas.rules.text import french
from atlaas.views.attempt import attempt, person, place_of

FORMS = {"collectivite": OperatorMandateForm, "personne": PersonMandateForm}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, code: str) -> HttpResponse:
    place = place_of(request, code)
    right = right_on(place, person(request))
    manages = right is not None and right.covers(Role.MANAGER)
    if request.method != "POST":
        return _page(request, place, manages=manages)
    if not manages:
        messages.error(request, french(NEEDS[Role.MANAGER]))
        return redirect("space-mandates", code)
    kind = "personne" if request.POST.get("to") == "personne" else "collectivite"
    form = FORMS[kind](request.POST)
    if form.is_valid() and attempt(
        request, _grant(request, place, kind, form.cleaned_data), "Le mandat est donné."
    ):
        return redirect("space-mandates", code)
    return _page(request, place, manages=manages, forms={kind: form}, status=422)


@require_POST
def revocation(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    mandate = get_object_or_404(mandates_of(place_of(request, code)).select_related("collectivity"), pk=pk)
    attempt(request, lambda: revoke(mandate, by=person(request)), "Le mandat est retiré, dès maintenant.")
    return redirect("space-mandates", code)


def _grant(
    request: HttpRequest, place: Collectivity, kind: str, facts: dict[str, Any]
) -> Callable[[], object]:
    if kind == "personne":
        return lambda: grant_to_person(place, by=person(request), **facts)
    return lambda: grant_to_collectivity(place, by=person(request), **facts)


def _page(
    request: HttpRequest,
    place: Collectivity,
    *,
    manages: bool,
    forms: dict[str, object] | None = None,
    status: int = 200,
) -> HttpResponse:
    words = {"place": place, "manages": manages, "mandates": mandates_of(place)}
    words |= {"deeds": deeds_by_mandate(place), "now": timezone.now(), "operator": _chosen(request)}
    words |= _found(request, place) | _forms(request, forms or {})
    return render(request, "atlaas/space/mandates.html", words, status=status)


def _found(request: HttpRequest, place: Collectivity) -> dict[str, object]:
    asked = request.GET.get("q", "")
    found = find_collectivities(asked) if asked else []
    return {"q": asked, "found": [one for one in found if one.pk != place.pk]}


def _forms(request: HttpRequest, sent: dict[str, object]) -> dict[str, object]:
    """The two forms of the page, those that were sent as people filled them in."""
    fresh = {kind: form(initial=_term() | {"operator": _operator(request)}) for kind, form in FORMS.items()}
    chosen = fresh | sent
    return {"operator_form": chosen["collectivite"], "person_form": chosen["personne"]}


def _operator(request: HttpRequest) -> str:
    return request.POST.get("operator") or request.GET.get("pour", "")


def _chosen(request: HttpRequest) -> Collectivity | None:
    """The collectivité that the person has picked for the mandate, by its code in the address."""
    return Collectivity.objects.current().filter(code=_operator(request)).first()


def _term() -> dict[str, dt.date]:
    """A year by default, as terms are often renewed with an edition."""
    today = timezone.localdate()
    return {"starts_on": today, "ends_on": months_after(today, 12) - dt.timedelta(days=1)}
