from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlaas.queries.referential import latest_referential_year, referential
from atlaas.queries.theme import service_counts


@login_not_required
@require_safe
def detail(request: HttpRequest) -> HttpResponse:
    year = latest_referential_year()
    words = {
        "referential": referential(year) if year else None,
        "counts": service_counts(request.user) if year else {},
    }
    return render(request, "atlaas/referential/detail.html", words)
