"""The mosaic of a collectivité, public and in its space."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from atlaas.models import Collectivity, User
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from labels.forms.mosaic import NotConcernedForm
from labels.models import Edition
from labels.operations.not_concerned import answer_not_concerned
from labels.queries.campaign import current_edition
from labels.queries.collectivity import standing_for
from labels.queries.mosaic import mosaic_shown, said_not_concerned
from labels.rules.mosaic_drawing import counted_words, drawing
from labels.views.assessment import served_place


@login_not_required
@require_safe
def detail(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    collectivity = standing_for(code)
    if collectivity is None:
        raise Http404
    if (code, slug) != (collectivity.code, collectivity.slug):
        return redirect("mosaic", collectivity.code, collectivity.slug, permanent=True)
    words = _words(current_edition(), collectivity)
    return render(request, "labels/mosaic/detail.html", words)


@login_not_required
@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """The mosaic as an SVG file, to print or to put in a document."""
    collectivity = standing_for(code)
    if collectivity is None:
        raise Http404
    edition = _edition()
    shown = mosaic_shown(edition, collectivity)
    title = f"Mosaïque des services, {collectivity.name}, édition {edition.year}"
    if edition.is_demo:
        title += " (démonstration)"
    drawn = drawing(shown.mosaic, title=title, counted=counted_words(shown.day, is_closed=shown.is_closed))
    return HttpResponse(drawn, content_type="image/svg+xml")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def space(request: HttpRequest, code: str) -> HttpResponse:
    """The same picture for the people of the collectivité, who say what is not their business."""
    collectivity = served_place(request, code)
    if request.method == "POST":
        return _answer(request, _edition(), collectivity)
    return _space(request, current_edition(), collectivity)


def _answer(request: HttpRequest, edition: Edition, collectivity: Collectivity) -> HttpResponse:
    form = NotConcernedForm(request.POST)
    try:
        if form.is_valid():
            by = cast("User", request.user)
            answer_not_concerned(edition, collectivity, form.answers, by=by)
            messages.success(request, french("Vos réponses sont enregistrées."))
            return redirect("space-mosaic", collectivity.code)
        messages.error(request, french("Un motif est trop long : rien n’a été enregistré."))
    except Refused as refused:
        messages.error(request, french(str(refused)))
    return _space(request, edition, collectivity, form, status=422)


def _space(
    request: HttpRequest,
    edition: Edition | None,
    collectivity: Collectivity,
    form: NotConcernedForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    words = _words(edition, collectivity)
    if shown := words.get("shown"):
        said = said_not_concerned(collectivity)
        words["parts"] = (form or NotConcernedForm()).parts(shown.mosaic, said)
    return render(request, "labels/mosaic/space.html", words, status=status)


def _edition() -> Edition:
    edition = current_edition()
    if edition is None:
        raise Http404
    return edition


def _words(edition: Edition | None, collectivity: Collectivity) -> dict[str, Any]:
    """What both pages show; no picture before the first edition."""
    words: dict[str, Any] = {"collectivity": collectivity, "edition": edition}
    if edition is None:
        return words
    shown = mosaic_shown(edition, collectivity)
    counted = counted_words(shown.day, is_closed=shown.is_closed)
    return words | {"shown": shown, "mosaic": shown.mosaic, "counted": counted}
