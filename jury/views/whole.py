"""Every decision at once, and several moved together."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlaas.views.attempt import attempt, person
from jury.models import Juror
from jury.operations.item import move
from jury.queries.whole import whole_of
from jury.views.seat import seat
from jury.views.sitting import sitting_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, year: int) -> HttpResponse:
    """The president alone sees it; what was typed stays when it is refused."""
    own = seat(request, year)
    if not own.is_president:
        raise Http404
    if request.method == "POST":
        moves, reason = _moves(request), request.POST.get("reason", "").replace("\x00", "")[:500]
        done = f"{len(moves)} {'niveau changé' if len(moves) < 2 else 'niveaux changés'}."
        if attempt(request, lambda: move(own.edition, moves, reason=reason, by=person(request)), done):
            return redirect("jury-whole", year)
        return _page(request, own, moves, reason, status=422)
    return _page(request, own, {}, "")


def _moves(request: HttpRequest) -> dict[int, int]:
    """Key of item → level, of the dossiers that were ticked."""
    found = {}
    for key in request.POST.getlist("item"):
        level = request.POST.get(f"level_{key}", "")
        if key.isdecimal() and level in {"1", "2", "3", "4", "5"}:
            found[int(key)] = int(level)
    return found


def _page(
    request: HttpRequest, own: Juror, moves: dict[int, int], reason: str, status: int = 200
) -> HttpResponse:
    sitting = sitting_of(own)
    words = {
        "seat": own,
        "edition": own.edition,
        "sitting": sitting,
        "whole": whole_of(own, sitting),
        "moves": moves,
        "reason": reason,
        "levels": range(1, 6),
    }
    return render(request, "jury/sitting/whole.html", words, status=status)
