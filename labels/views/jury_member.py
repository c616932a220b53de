"""Who judged: the roster of an edition, to everybody."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from labels.models import Edition
from labels.queries.jury_member import roster_of
from labels.rules.edition import number


@login_not_required
@require_safe
def roster(request: HttpRequest, year: int) -> HttpResponse:
    """A jury is public once the window has closed; what it decides is not, until the palmarès is."""
    edition = get_object_or_404(Edition.objects.with_public_jury(), year=year)
    members = list(roster_of(edition))
    if not members:
        raise Http404
    words = {
        "edition": edition,
        "number": number(year),
        "members": members,
        "sources": list(dict.fromkeys(one.source for one in members if one.source)),
        "crumbs": _crumbs(edition),
    }
    return render(request, "labels/jury_member/list.html", words)


def _crumbs(edition: Edition) -> list[dict[str, str]]:
    """The palmarès of the year stands in the trail once it is public."""
    crumbs = [{"url": reverse("palmares-list"), "name": "Palmarès"}]
    if edition.published_at and edition.published_at <= timezone.now():
        crumbs.append({"url": edition.get_absolute_url(), "name": str(edition.year)})
    return crumbs
