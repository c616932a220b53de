"""Pieces that other sites show in a frame: no script, no cookie, nothing that depends on who reads."""

from collections.abc import Callable
from typing import Any, cast

from csp.constants import NONE, SELF
from csp.decorators import csp, csp_update
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from atlaas.models import Collectivity
from atlaas.views.context import site
from labels.queries.collectivity import standing_for
from labels.queries.history import history_of
from labels.queries.sheet import sheets_of
from labels.rules.oembed import LEVEL, SHEETS
from labels.views.oembed import frame

FRESH = 60
ANYBODY = AnonymousUser()
# Of the frames alone: any site may show them, and they load nothing but their stylesheet.
POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "frame-ancestors": ["*"],
    "base-uri": [NONE],
    "form-action": [NONE],
}


def framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What makes a public view one that any site may frame."""
    wrapped: Any = view
    for wrap in (cache_control(public=True, max_age=FRESH), csp(POLICY), xframe_options_exempt, require_safe):
        wrapped = wrap(wrapped)
    return cast("Callable[..., HttpResponse]", login_not_required(wrapped))


@framed
def level(request: HttpRequest, code: str) -> HttpResponse:
    """The latest level that is known of a collectivité; of a former one, that of its successor."""
    place = _place(code)
    words = {"history": history_of(place, ANYBODY)}
    return _framed(request, "labels/embed/level.html", place, words)


@framed
def sheets(request: HttpRequest, code: str) -> HttpResponse:
    place = _place(code)
    return _framed(request, "labels/embed/sheets.html", place, {"fiches": sheets_of(place, ANYBODY)})


@login_not_required
@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]
def detail(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """« Intégrer sur votre site »: the code to copy, and what it shows."""
    place = _place(code)
    if (code, slug) != (place.code, place.slug):
        return redirect("embed", place.code, place.slug, permanent=True)
    origin = str(site(request)["origin"])
    frames = [
        {"key": key, "title": title, "address": f"/integrer/{place.code}/{key}/", "size": size}
        | {"code": frame(origin, place, key, size)}
        for key, title, size in (
            ("niveau", "Le niveau du label", LEVEL),
            ("fiches", "Les dernières fiches action", SHEETS),
        )
    ]
    return render(request, "labels/embed/detail.html", {"collectivity": place, "frames": frames})


def _place(code: str) -> Collectivity:
    place = standing_for(code)
    if place is None:
        raise Http404
    return place


def _framed(request: HttpRequest, template: str, place: Collectivity, words: dict[str, Any]) -> HttpResponse:
    """Rendered without the request: nothing can read the session."""
    origin = str(site(request)["origin"])
    words |= {"collectivity": place, "origin": origin, "address": origin + place.get_absolute_url()}
    return HttpResponse(render_to_string(template, words))
