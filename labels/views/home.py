from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlaas.views.context import site
from labels.models import Edition
from labels.queries import statistics
from labels.queries.demo_corpus import progress
from labels.queries.edition import latest_complete
from labels.queries.line import lines
from labels.queries.map import laureate_map
from labels.queries.palmares import PalmaresFilter, filtered
from labels.rules.edition import number
from labels.views.linked_data import website


@login_not_required
@require_safe
def detail(request: HttpRequest) -> HttpResponse:
    edition = latest_complete(request.user)
    words: dict[str, object] = {"edition": edition, "json_ld": website(str(site(request)["origin"]))}
    if edition is not None:
        words |= _palmares(edition, request.user)
    if settings.DEMO:
        words["corpus"] = progress()
    return render(request, "labels/home/detail.html", words)


@login_not_required
@require_safe
def corpus_progress(request: HttpRequest) -> HttpResponse:
    """How far the invented fiches are, asked again every two seconds; nothing once they are there."""
    if not settings.DEMO:
        raise Http404
    return render(request, "labels/home/_corpus_progress.html", {"corpus": progress()})


def _palmares(edition: Edition, user: object) -> dict[str, object]:
    found = lines(filtered(edition, PalmaresFilter(), user))
    return {
        "number": number(edition.year),
        "statistics": statistics.of_edition(edition),
        "tens": sorted((line for line in found if line.is_ten), key=lambda line: line.sort_key),
        "ten_years": range(edition.year, edition.year + edition.rulebook.ten_held_for),
        "map": laureate_map(found, enlarge=False),
    }
