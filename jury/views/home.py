"""The first page of a juror: what is to be done, in order."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jury.queries.door import seats_of
from jury.queries.juror import is_closed
from jury.queries.progress import progress_of
from jury.queries.recusal import ties_of
from jury.views.seat import seat


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    found = seats_of(request.user).first()
    if found is None:
        raise Http404
    return redirect("jury-home", found.edition.year)


@never_cache
@require_safe
def detail(request: HttpRequest, year: int) -> HttpResponse:
    own = seat(request, year)
    words = {
        "seat": own,
        "edition": own.edition,
        "ties": ties_of(own),
        "is_closed": is_closed(own.edition),
        "progress": progress_of(own),
    }
    return render(request, "jury/home/detail.html", words)
