"""How far the jury is, for its president: by juror, never a score; and the verb that opens the names."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from atlaas.views.attempt import attempt, person
from jury.models import Juror
from jury.operations.names import open_names
from jury.queries.evaluation import sitting_of
from jury.queries.juror import is_closed
from jury.queries.progress import progress_of_all, total
from jury.views.seat import seat


def presiding(request: HttpRequest, year: int) -> Juror:
    """The seat of the president of that edition's jury; 404 for everyone else."""
    own = seat(request, year)
    if not own.is_president:
        raise Http404
    return own


@never_cache
@require_safe
def detail(request: HttpRequest, year: int) -> HttpResponse:
    own = presiding(request, year)
    readers = progress_of_all(own)
    words = {
        "seat": own,
        "edition": own.edition,
        "readers": readers,
        "total": total(readers),
        "sitting": sitting_of(own.edition),
        "is_closed": is_closed(own.edition),
    }
    return render(request, "jury/progress/detail.html", words)


@require_POST
def opening_names(request: HttpRequest, year: int) -> HttpResponse:
    own = presiding(request, year)
    done = "Les noms sont ouverts : qui voit une évaluation voit de qui elle est."
    attempt(request, lambda: open_names(sitting_of(own.edition), by=person(request)), done)
    return redirect("jury-progress", year)
