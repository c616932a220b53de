"""The association's screen of a jury: who sits, who was invited, who arrived."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from atlaas.permissions import is_organiser
from atlaas.views.attempt import attempt, person
from jury.forms.juror import JurorForm
from jury.models import Juror
from jury.operations.invitation import invite
from jury.operations.juror import add, remove
from jury.queries.juror import is_closed, seats, without_seat
from labels.models import Edition


def edition_of(request: HttpRequest, year: int) -> Edition:
    """404 for whoever is not of the association's team."""
    if not is_organiser(person(request)):
        raise Http404
    return get_object_or_404(Edition.objects.with_campaign(), year=year)


def seat_of(request: HttpRequest, year: int, pk: int) -> Juror:
    """A seat of that edition's jury, whoever left taken out."""
    rows = Juror.objects.seated().select_related("edition", "member")
    return get_object_or_404(rows, edition=edition_of(request, year), pk=pk)


@never_cache
@require_safe
def board(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_of(request, year)
    named = without_seat(edition).filter(name=request.GET.get("nom", "").replace("\x00", "")).first()
    facts = {"name": named.name, "function": named.function, "biography": named.biography} if named else {}
    return _page(
        request, edition, JurorForm(initial=facts | {"is_president": bool(named and named.is_president)})
    )


@require_POST
def adding(request: HttpRequest, year: int) -> HttpResponse:
    edition, form = edition_of(request, year), JurorForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    name, email = form.cleaned_data["name"], form.cleaned_data["email"]
    done = f"{name} a un siège. Envoyez-lui l’invitation quand vous voulez."
    if attempt(request, lambda: add(edition, form.facts(), email, by=person(request)), done):
        return redirect("jury-board", year)
    return _page(request, edition, form, status=409)


@require_POST
def inviting(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    seat = seat_of(request, year, pk)
    done = f"L’invitation part à {seat.email} ; un lien envoyé avant ne sert plus."
    attempt(request, lambda: invite(seat, by=person(request)), done)
    return redirect("jury-board", year)


@require_POST
def removal(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    seat = seat_of(request, year, pk)
    attempt(request, lambda: remove(seat, by=person(request)), f"{seat.member} n’est plus dans ce jury.")
    return redirect("jury-board", year)


def _page(request: HttpRequest, edition: Edition, form: JurorForm, status: int = 200) -> HttpResponse:
    words = {
        "edition": edition,
        "seats": seats(edition),
        "unseated": without_seat(edition),
        "form": form,
        "is_closed": is_closed(edition),
    }
    return render(request, "jury/juror/board.html", words, status=status)
