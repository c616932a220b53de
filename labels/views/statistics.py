from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from labels.models import Edition
from labels.queries import statistics
from labels.queries.edition import latest_complete
from labels.rules.definitions import DEFINITIONS, SCOPE


@login_not_required
@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    edition = latest_complete(request.user)
    return redirect("statistics", edition.year) if edition else render(request, "labels/statistics/none.html")


@login_not_required
@require_safe
def detail(request: HttpRequest, year: int) -> HttpResponse:
    editions = Edition.objects.visible_to(request.user)
    edition = get_object_or_404(editions, year=year)
    words = {
        "edition": edition,
        "editions": editions,
        "statistics": statistics.of_edition(edition),
        "definitions": {one.key: one for one in DEFINITIONS},
        "scope": SCOPE,
    }
    return render(request, "labels/statistics/detail.html", words)
