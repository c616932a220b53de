"""Every decision at once, and several moved together."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from atlaas.views.attempt import person
from jury.models import Juror
from jury.operations.item import move
from jury.queries.whole import changes, whole_of
from jury.rules.item import Move
from jury.views.seat import seat
from jury.views.sitting import sitting_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, year: int) -> HttpResponse:
    """The president alone sees it; what was typed stays when it is refused, beside what stands now (409)."""
    own = seat(request, year)
    if not own.is_president:
        raise Http404
    if request.method != "POST":
        return _page(request, own, {})
    moves, reason = _moves(request), request.POST.get("reason", "").replace("\x00", "")[:500]
    try:
        move(own.edition, moves, reason=reason, by=person(request))
    except Refused as refused:
        messages.error(request, french(str(refused)))
        told = (
            {"changed": changes(own, moves), "status": 409}
            if isinstance(refused, Conflict)
            else {"status": 422}
        )
        return _page(request, own, moves, reason=reason, **told)
    messages.success(request, f"{len(moves)} {'niveau changé' if len(moves) < 2 else 'niveaux changés'}.")
    return redirect("jury-whole", year)


def _moves(request: HttpRequest) -> dict[int, Move]:
    """By key of item, of the dossiers that were ticked; one without the version that was read is never the version that is."""
    found = {}
    for key in request.POST.getlist("item"):
        level, version = request.POST.get(f"level_{key}", ""), request.POST.get(f"version_{key}", "")
        if key.isdecimal() and level in {"1", "2", "3", "4", "5"}:
            found[int(key)] = Move(int(level), int(version) if version.isdecimal() else 0)
    return found


def _page(
    request: HttpRequest, own: Juror, moves: Mapping[int, Move], *, status: int = 200, **facts: object
) -> HttpResponse:
    sitting = sitting_of(own)
    words = {
        "seat": own,
        "edition": own.edition,
        "sitting": sitting,
        "whole": whole_of(own, sitting, {key: one.level for key, one in moves.items()}),
        "levels": range(1, 6),
    }
    return render(request, "jury/sitting/whole.html", words | facts, status=status)
