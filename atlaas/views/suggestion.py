"""Help while one writes: the text as it will look, services it speaks of, fiches that look alike, the land around."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from atlaas.queries.contour import departement_rings
from atlaas.queries.duplicate import likely_duplicates
from atlaas.queries.sheet_desk import services_by_code
from atlaas.views.sheet import served_collectivity
from atlaas.views.sheet_page import suggestions_for

LONGEST = 25_000  # signs read of a text that is still too long to be kept


@never_cache
@require_POST
def preview(request: HttpRequest, code: str) -> HttpResponse:
    served_collectivity(request, code)
    text = request.POST.get("text", "")[:LONGEST].replace("\x00", "")
    return render(request, "atlaas/sheet/_preview.html", {"preview": text})


@never_cache
@require_POST
def suggestions(request: HttpRequest, code: str) -> HttpResponse:
    collectivity = served_collectivity(request, code)
    told = {name: request.POST.get(name, "").replace("\x00", "") for name in ("title", "summary", "text")}
    chosen = request.POST.getlist("services")
    words = {
        "collectivity": collectivity,
        "suggestions": suggestions_for("\n".join(told.values())[:LONGEST], services_by_code(), but=chosen),
        "duplicates": likely_duplicates(
            collectivity, title=told["title"][:300], but=_identifier(request.POST.get("sheet", ""))
        ),
        "asked": True,
    }
    return render(request, "atlaas/sheet/_suggestions.html", words)


def _identifier(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@cache_control(private=True, max_age=86_400)
@require_safe
def outline(request: HttpRequest, code: str) -> JsonResponse:
    """GeoJSON of the département around, for the map of the pin: our own contours, no tile and no other host."""
    collectivity = served_collectivity(request, code)
    rings = departement_rings(collectivity.departement_id or "", collectivity.region_id)
    shape = {"type": "MultiPolygon", "coordinates": [[ring] for ring in rings]}
    return JsonResponse({"type": "Feature", "properties": {}, "geometry": shape})
