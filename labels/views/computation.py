"""How far the figures of an edition are."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from labels.queries.computation import computation_of
from labels.views.board import edition_of


@never_cache
@require_safe
def progress(request: HttpRequest, year: int) -> HttpResponse:
    """A piece of the board, asked again every two seconds until the work is over."""
    edition = edition_of(request, year)
    words = {"edition": edition, "computation": computation_of(edition)}
    return render(request, "labels/board/_computation.html", words)
