"""The association's screen of a palmarès: what is left before it is sealed, its digest, its hour, its publication."""

import json

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from atlaas.views.attempt import attempt, person
from jury.operations import seal as verbs
from jury.queries.seal_board import board_of
from jury.views.juror import edition_of
from labels.forms.publication_hour import HourForm
from labels.models import Edition, Seal
from labels.operations.publication_hour import HOUR, publish_now, set_hour
from labels.queries.mark import mark_of
from labels.queries.seal import corrections_of
from labels.views.seal import sealed_file


@never_cache
@require_safe
def board(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_of(request, year)
    return _page(request, edition, _form(edition))


@require_POST
def sealing(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_of(request, year)
    done = "Le palmarès se scelle : rechargez la page dans un instant."
    attempt(request, lambda: verbs.ask(edition, by=person(request)), done)
    return redirect("seal-board", year)


@require_POST
def hour(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_of(request, year)
    form = _form(edition, request.POST)
    if request.POST.get("action") == "retirer":
        read = request.POST.get("read", "")
        attempt(
            request,
            lambda: set_hour(edition, None, read=read, by=person(request)),
            "Aucune heure n’est plus fixée.",
        )
        return redirect("seal-board", year)
    status = _set(request, edition, form)
    return redirect("seal-board", year) if status == 200 else _page(request, edition, form, status)


def _set(request: HttpRequest, edition: Edition, form: HourForm) -> int:
    """The status to answer: 200 once written."""
    if not form.is_valid():
        return 422
    told = form.cleaned_data
    try:
        set_hour(edition, told["publish_at"], read=told["read"], by=person(request))
    except Refused as refused:
        form.add_error("publish_at", french(str(refused)))
        return 409 if isinstance(refused, Conflict) else 422
    return 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def publication(request: HttpRequest, year: int) -> HttpResponse:
    """Asked twice: once public, it never is secret again."""
    edition = edition_of(request, year)
    if request.method != "POST":
        return render(request, "jury/seal/publish.html", {"edition": edition, "board": board_of(edition)})
    done = "Le palmarès est public."
    attempt(request, lambda: publish_now(edition, by=person(request)), done)
    return redirect("seal-board", year)


@never_cache
@require_safe
def whole(request: HttpRequest, year: int) -> HttpResponse:
    """Bundle and annex, for the association alone, once the palmarès is public."""
    edition = edition_of(request, year)
    seal = get_object_or_404(Seal, edition=edition, edition__in=Edition.objects.visible_to(request.user))
    facts = {"sha256": seal.sha256, "bundle": json.loads(seal.bundle), "annex": json.loads(seal.annex)}
    return sealed_file(year, facts)


def _form(edition: Edition, sent: QueryDict | None = None) -> HourForm:
    initial = {"publish_at": edition.publish_at, "read": mark_of(edition, HOUR)}
    return HourForm(sent, initial=initial)


def _page(request: HttpRequest, edition: Edition, form: HourForm, status: int = 200) -> HttpResponse:
    found = board_of(edition)
    words = {
        "edition": edition,
        "board": found,
        "form": form,
        "corrections": corrections_of(edition) if found.seal else [],
    }
    return render(request, "jury/seal/board.html", words, status=status)
