"""The mosaic of a collectivité, public and in its space; its self-assessment and what the next level would ask."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from atlaas.models import Collectivity, Service, User
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from labels.forms.assessment import PeersForm
from labels.models import Edition
from labels.operations.not_concerned import set_not_concerned
from labels.queries.assessment import assessment_of, next_level_of
from labels.queries.campaign import current_edition
from labels.queries.collectivity import standing_for
from labels.queries.mosaic import mosaic_of
from labels.queries.peers import peers_of
from labels.rules.mosaic_drawing import drawing

MOST_TICKED = 144


@login_not_required
@require_safe
def detail(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    collectivity = standing_for(code)
    if collectivity is None:
        raise Http404
    if (code, slug) != (collectivity.code, collectivity.slug):
        return redirect("mosaic", collectivity.code, collectivity.slug, permanent=True)
    return render(request, "labels/mosaic/detail.html", _words(collectivity))


@login_not_required
@require_safe
def picture(request: HttpRequest, code: str) -> HttpResponse:
    """The mosaic as an SVG file, to print or to put in a document."""
    collectivity = standing_for(code)
    if collectivity is None:
        raise Http404
    edition = _edition()
    mosaic = mosaic_of(edition, collectivity, day=timezone.localdate())
    title = f"Mosaïque des services – {collectivity.name}"
    return HttpResponse(drawing(mosaic, title=title), content_type="image/svg+xml")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def space(request: HttpRequest, code: str) -> HttpResponse:
    """The same picture for the people of the collectivité, who say what is not their business."""
    collectivity = _served(request, code)
    if request.method == "POST":
        return _answer(request, collectivity)
    return render(request, "labels/mosaic/space.html", _words(collectivity))


@never_cache
@require_safe
def assessment(request: HttpRequest, code: str) -> HttpResponse:
    collectivity, edition, day = _served(request, code), _edition(), timezone.localdate()
    form = PeersForm(request.GET)
    group = form.group()
    peers = peers_of(collectivity, edition, day, group)
    words = {
        "collectivity": collectivity,
        "edition": edition,
        "form": form,
        "peers": peers,
        "left_out": " ".join(group.left_out),
        "found": assessment_of(edition, collectivity, peers, day=day),
    }
    return render(request, "labels/mosaic/assessment.html", words)


@never_cache
@require_safe
def next_level(request: HttpRequest, code: str) -> HttpResponse:
    collectivity, edition, day = _served(request, code), _edition(), timezone.localdate()
    peers = peers_of(collectivity, edition, day)
    ticked = request.GET.getlist("si")[:MOST_TICKED]
    words = {
        "collectivity": collectivity,
        "edition": edition,
        "peers": peers,
        "has_ticked": bool(ticked),
        "found": next_level_of(edition, collectivity, peers, ticked=ticked, day=day),
    }
    return render(request, "labels/mosaic/next_level.html", words)


def _answer(request: HttpRequest, collectivity: Collectivity) -> HttpResponse:
    service = get_object_or_404(Service, code=request.POST.get("service", ""))
    concerned = request.POST.get("concerned") == "oui"
    try:
        set_not_concerned(
            collectivity,
            service,
            by=cast("User", request.user),
            concerned=concerned,
            reason=request.POST.get("reason", ""),
        )
    except Refused as refused:
        messages.error(request, french(str(refused)))
    return redirect("space-mosaic", collectivity.code)


def _served(request: HttpRequest, code: str) -> Collectivity:
    rows = Collectivity.objects.served_by(request.user).select_related("departement", "region")
    return get_object_or_404(rows, code=code)


def _edition() -> Edition:
    edition = current_edition()
    if edition is None:
        raise Http404
    return edition


def _words(collectivity: Collectivity) -> dict[str, object]:
    edition = _edition()
    mosaic = mosaic_of(edition, collectivity, day=timezone.localdate())
    before = [tile.before for tile in mosaic.tiles]
    return {
        "collectivity": collectivity,
        "edition": edition,
        "mosaic": mosaic,
        "compares": bool(before) and before[0] is not None,
        "is_proposal": any(not tile.is_attested for tile in mosaic.tiles),
    }
