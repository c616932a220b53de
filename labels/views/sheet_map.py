"""/carte/: where actions are, with the same filters as the list."""

import hashlib

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from atlaas.models import PublicSheet
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from labels.queries.density import STEPS, density, ground, shortcuts
from labels.queries.sheet_map import Cluster, map_answer, map_title
from labels.queries.sheet_vocabulary import read
from labels.rules.viewport import MOST_ZOOM, viewport
from labels.views.finder import bare_lists


@login_not_required
@require_safe
def detail(request: HttpRequest) -> HttpResponse:
    reading = read(request.GET.dict())
    words = {
        "filters": reading.filters,
        "query": reading.filters.query(),
        "chips": [
            (one.label, reading.filters.without(name).query()) for name, one in reading.filters.chosen.items()
        ],
        "unread": reading.unread,
        "lists": bare_lists(reading.filters, reading.vocabulary),
        "counted": True,  # the drawn map and its list say the numbers
        "density": density(reading.filters, request.user),
        "steps": STEPS,
        "shortcuts": shortcuts(),
        "ground_version": hashlib.sha256(ground()).hexdigest()[:12],
        "most_zoom": MOST_ZOOM,
    }
    return render(request, "labels/map/detail.html", words)


@login_not_required
@require_safe
def points(request: HttpRequest) -> HttpResponse:
    """What a window shows: at most 180 marks; a window that cannot be read is answered 400 with a sentence."""
    reading = read(request.GET.dict())
    try:
        window = viewport(request.GET.get("bbox", ""), request.GET.get("zoom", ""))
    except Refused as refused:
        return JsonResponse({"erreur": french(str(refused))}, status=400)
    found = map_answer(reading.filters, window, request.user)
    words = {
        "total": found.total,
        "groupes": [_cluster(one, reading.filters.query) for one in found.clusters],
        "fiches": [_mark(one) for one in found.singles],
        "liste": [_line(one) for one in found.listed],
    }
    return JsonResponse(words, json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})


@login_not_required
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def outline(request: HttpRequest) -> HttpResponse:
    """The ground of the map; its address changes with it."""
    return HttpResponse(ground(), content_type="application/geo+json")


def _cluster(one: Cluster, query) -> dict[str, object]:
    words: dict[str, object] = {
        "lon": round(one.lon, 5),
        "lat": round(one.lat, 5),
        "nombre": one.count,
        "cadre": [round(value, 5) for value in one.box],
    }
    if one.collectivity:
        address = reverse("sheet-list") + query(collectivite=one.collectivity.code)
        words |= {"collectivite": one.collectivity.name, "url": address}
    return words


def _mark(one: PublicSheet) -> dict[str, object]:
    place = {"lon": round(one.lon or 0, 5), "lat": round(one.lat or 0, 5)}
    return place | {
        "titre": map_title(one),
        "collectivite": one.collectivity.name,
        "url": one.get_absolute_url(),
    }


def _line(one: PublicSheet) -> dict[str, object]:
    return {
        "titre": map_title(one),
        "collectivite": one.collectivity.name,
        "url": one.get_absolute_url(),
        "demonstration": one.is_demo,
    }
