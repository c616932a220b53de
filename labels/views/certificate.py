"""`/verifier/<id>/`: what a panel, a badge or a certificate says, as a page and as JSON. What its QR code opens."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from atlaas.views.context import site
from labels.queries.certificate import Certificate, certificate_by_id, facts_of
from labels.queries.kit import why_no_kit

# A proclamation, or a correction, is told within the minute.
FRESH = 60
PAGE, JSON = "text/html", "application/json"
READABLE = {"ensure_ascii": False}
UNKNOWN = "Aucun palmarès public ne contient cet identifiant."


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page, or JSON for who asks for it: `?format=json`, or `Accept`."""
    found = certificate_by_id(pk, request.user)
    wants_json = request.GET.get("format") == "json" or request.get_preferred_type([PAGE, JSON]) == JSON
    response = _json(request, found) if wants_json else _page(request, found)
    patch_vary_headers(response, ["Accept"])
    return response


@login_not_required
@require_safe
def facts(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _json(request, certificate_by_id(pk, request.user))


def _page(request: HttpRequest, found: Certificate | None) -> HttpResponse:
    """Shared caches keep it for visitors without an account only: the top of the page names who is signed in."""
    if found is None:
        raise Http404
    words = {
        "found": found,
        "award": found.award,
        "collectivity": found.award.collectivity,
        "has_kit": not why_no_kit(found.award),
    }
    response = render(request, "labels/certificate/detail.html", words)
    patch_cache_control(
        response, max_age=FRESH, **{"private" if request.user.is_authenticated else "public": True}
    )
    return response


def _json(request: HttpRequest, found: Certificate | None) -> JsonResponse:
    if found is None:
        return JsonResponse({"detail": UNKNOWN}, status=404, json_dumps_params=READABLE)
    told = facts_of(found, str(site(request)["origin"]))
    response = JsonResponse(told, json_dumps_params=READABLE)
    patch_cache_control(response, public=True, max_age=FRESH)
    return response
