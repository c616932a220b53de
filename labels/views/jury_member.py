"""The public roster of a jury."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from labels.queries.jury_member import with_roster


@login_not_required
@require_safe
def roster(request: HttpRequest, year: int) -> HttpResponse:
    edition = get_object_or_404(with_roster(request.user), year=year)
    members = list(edition.jury_members.filter(is_listed=True))
    words = {
        "edition": edition,
        "members": members,
        "sources": list(dict.fromkeys(one.source for one in members if one.source)),
        "is_public": edition.published_at is not None,
    }
    return render(request, "labels/jury/roster.html", words)
