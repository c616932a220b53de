"""Who asks for a page of the jury: a seat of the edition, or nobody (404)."""

from django.http import Http404, HttpRequest

from jury.models import Juror
from jury.queries.door import seats_of


def seat(request: HttpRequest, year: int) -> Juror:
    """The seat of the person in the jury of that edition; 404 for everyone else, organisers included."""
    found = seats_of(request.user).filter(edition__year=year).first()
    if found is None:
        raise Http404
    return found
