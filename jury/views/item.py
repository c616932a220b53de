"""What whoever presides does with a dossier. An item that a member may not know of is not there (404)."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from atlaas.views.attempt import attempt, person
from jury.models import Item, Juror
from jury.operations import item as verbs
from jury.queries.room import agenda_of
from jury.queries.table import room_of
from jury.views.seat import seat
from jury.views.sitting import form_of, page, sitting_of


@require_POST
def calling(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    return act_on(request, year, pk, lambda one: verbs.call(one, by=person(request)), "{} est sur la table.")


@require_POST
def undoing(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    done = "La décision sur {} est annulée : le dossier est de nouveau sur la table."
    return act_on(request, year, pk, lambda one: verbs.undo(one, by=person(request)), done)


@require_POST
def postponing(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    return act_on(
        request, year, pk, lambda one: verbs.postpone(one, by=person(request)), "{} sera entendu en dernier."
    )


@require_POST
def ending(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    return act_on(request, year, pk, lambda one: verbs.end(one, by=person(request)), "{} : dossier clos.")


@require_POST
def deciding(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """What was typed comes back with what is to be mended, or with what stands now (409)."""
    own, one = found(request, year, pk)
    table = room_of(own, sitting_of(own)).table
    if table is None or table.item.pk != one.pk or not table.is_presided:
        messages.error(request, french("Ce dossier n’est plus sur la table : rechargez la page."))
        return redirect("jury-sitting", year)
    form = form_of(table, request.POST)
    if not form.is_valid():
        return page(request, own, form=form, status=422)
    try:
        verbs.decide(one, form.decision(), version=form.cleaned_data["version"], by=person(request))
    except Refused as refused:
        form.add_error(None, french(str(refused)))
        return page(request, own, form=form, status=409 if isinstance(refused, Conflict) else 422)
    messages.success(request, french(f"{one.candidacy.collectivity} : décision écrite."))
    return redirect("jury-sitting", year)


def act_on(
    request: HttpRequest, year: int, pk: int, act: Callable[[Item], object], done: str
) -> HttpResponse:
    _, one = found(request, year, pk)
    attempt(request, lambda: act(one), done.format(one.candidacy.collectivity))
    return redirect("jury-sitting", year)


def found(request: HttpRequest, year: int, pk: int) -> tuple[Juror, Item]:
    own = seat(request, year)
    rows = agenda_of(own).select_related("sitting__edition", "candidacy__collectivity")
    return own, get_object_or_404(rows, pk=pk)
