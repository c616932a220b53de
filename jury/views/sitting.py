"""The closed day, on three kinds of page: who presides, a member, the room (`?vue=salle`). All are told within two seconds."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from atlaas.views.attempt import attempt, person
from jury.forms.item import DecisionForm
from jury.models import Juror, Sitting
from jury.operations import sitting as verbs
from jury.queries.room import chairs
from jury.queries.table import Room, Table, room_of
from jury.views.seat import seat

ROOM = "salle"


@never_cache
@require_safe
def detail(request: HttpRequest, year: int) -> HttpResponse:
    return page(request, seat(request, year))


@never_cache
@require_safe
def state(request: HttpRequest, year: int) -> HttpResponse:
    """What changed since the page that asks (`cle`), or 204: the same whatever else happened, for whoever must not know."""
    own = seat(request, year)
    live = live_of(request, own, room_of(own, sitting_of(own)))
    if request.GET.get("cle") == live["key"]:
        return HttpResponse(status=204)
    return render(request, "jury/sitting/_live.html", {"live": live, "edition": own.edition})


@require_POST
def opening(request: HttpRequest, year: int) -> HttpResponse:
    own = seat(request, year)
    present = [int(key) for key in request.POST.getlist("present") if key.isdecimal()][:99]
    attempt(
        request,
        lambda: verbs.open_sitting(own.edition, present, by=person(request)),
        "La séance est ouverte : appelez le premier dossier.",
    )
    return redirect("jury-sitting", year)


@require_POST
def presence(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    one, comes = _member(request, year, pk), request.POST.get("present") == "1"
    done = f"{one} est dans la salle." if comes else f"{one} a quitté la séance."
    attempt(request, lambda: verbs.set_present(one, is_present=comes, by=person(request)), done)
    return redirect("jury-sitting", year)


@require_POST
def deputy(request: HttpRequest, year: int) -> HttpResponse:
    key = request.POST.get("juror", "")
    one = _member(request, year, int(key) if key.isdecimal() else 0)
    done = f"{one} préside les dossiers pour lesquels vous êtes en déport."
    attempt(request, lambda: verbs.set_deputy(one, by=person(request)), done)
    return redirect("jury-sitting", year)


@require_POST
def closing(request: HttpRequest, year: int) -> HttpResponse:
    own = seat(request, year)
    done = "La séance est close : relisez le procès-verbal, puis signez-le."
    if attempt(request, lambda: verbs.close_sitting(own.edition, by=person(request)), done):
        return redirect("jury-minutes", year)
    return redirect("jury-sitting", year)


def page(
    request: HttpRequest, own: Juror, *, form: DecisionForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a seat; `form` is the one that was refused."""
    sitting = sitting_of(own)
    room = room_of(own, sitting)
    live = live_of(request, own, room)
    words = {
        "seat": own,
        "edition": own.edition,
        "sitting": sitting,
        "room": room,
        "live": live,
        "form": form or (form_of(room.table) if room.table and room.table.is_presided else None),
        "chairs": chairs(sitting, room.present) if own.is_president and not live["is_room"] else [],
    }
    return render(request, "jury/sitting/detail.html", words, status=status)


def form_of(table: Table, data: object = None) -> DecisionForm:
    """Filled with the proposal, and every voice for it: the president changes what was otherwise."""
    first = {
        "version": table.item.version,
        "level": table.evidence.proposal.level,
        "votes_for": len(table.voting),
        "votes_against": 0,
        "abstentions": 0,
    }
    return DecisionForm(data, initial=first, themes=[(one.slug, _told(one)) for one in table.mentions])


def _told(one) -> str:
    return f"{one.name} ({one.sheets})"


def live_of(request: HttpRequest, own: Juror, room: Room) -> dict[str, object]:
    """The part that is asked again: its HTML and the digest of it, of which nothing else can be guessed."""
    is_room = request.GET.get("vue") == ROOM and own.is_president
    presided = room.table is not None and room.table.is_presided and not is_room
    template = "jury/sitting/_agenda.html" if presided else "jury/sitting/_room.html"
    words = {"room": room, "edition": own.edition, "is_room": is_room, "seat": own}
    html = render_to_string(template, words)
    key = hashlib.sha256(html.encode()).hexdigest()[:16]
    return {"html": html, "key": key, "is_room": is_room, "is_presided": presided}


def sitting_of(own: Juror) -> Sitting:
    """The sitting of an edition; one that nobody prepared is not stored yet."""
    rows = Sitting.objects.select_related("edition__rulebook", "deputy__member")
    return rows.filter(edition=own.edition).first() or Sitting(edition=own.edition)


def _member(request: HttpRequest, year: int, pk: int) -> Juror:
    rows = Juror.objects.seated().select_related("edition", "member")
    return get_object_or_404(rows, edition=seat(request, year).edition, pk=pk)
