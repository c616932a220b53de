"""The press kit of an edition that is public: a page and a PDF, drawn from one document."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from labels.choices import Coverage
from labels.models import Edition
from labels.queries.documents import content_of
from labels.queries.press_kit import document_of
from labels.queries.press_kit_pdf import file_name, kept_pdf

RETRY_AFTER = 60  # seconds: beat wakes the worker each minute


@login_not_required
@require_safe
def detail(request: HttpRequest, year: int) -> HttpResponse:
    edition = _edition(request, year)
    words = {"edition": edition, "kit": document_of(edition)}
    return render(request, "labels/press_kit/detail.html", words)


@login_not_required
@require_safe
def document(request: HttpRequest, year: int) -> HttpResponse:
    """The PDF that says what the page says; until the worker has made it, a page that says so: nothing is drawn here.

    A visitor's request never draws one: a hundred of them at the hour of the ceremony would be a hundred drawings.
    """
    edition = _edition(request, year)
    kit = document_of(edition)
    kept = kept_pdf(year, kit) if kit else None
    if kept is None:
        told = {"edition": edition}
        waiting = render(request, "labels/press_kit/waiting.html", told, status=503)
        waiting["Retry-After"] = str(RETRY_AFTER)
        return waiting
    headers = {"Content-Disposition": f'inline; filename="{file_name(year)}"'}
    return HttpResponse(content_of(kept), content_type="application/pdf", headers=headers)


def _edition(request: HttpRequest, year: int) -> Edition:
    """Of an edition that is not known whole there is no press kit."""
    editions = Edition.objects.visible_to(request.user).filter(coverage=Coverage.COMPLETE)
    edition: Edition = get_object_or_404(editions.select_related("rulebook", "statistics_run"), year=year)
    return edition
