"""oEmbed: a site that is given the address of a collectivité finds by itself how to show its level."""

from collections.abc import Mapping
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from atlaas.models import Collectivity
from atlaas.rules.text import french
from atlaas.views.context import site
from labels.forms.oembed import OembedForm
from labels.queries.collectivity import standing_for
from labels.rules.oembed import LEVEL, SHEETS, Size

FRESH = 60
# What each page of ours is shown as.
SHOWN = {
    "collectivity": ("niveau", LEVEL),
    "collectivity-code": ("niveau", LEVEL),
    "embed": ("niveau", LEVEL),
    "embed-level": ("niveau", LEVEL),
    "embed-sheets": ("fiches", SHEETS),
}
TITLES = {"niveau": "Niveau du label", "fiches": "Dernières fiches action"}
PLAIN = "text/plain; charset=utf-8"


@login_not_required
@require_safe
@cache_control(public=True, max_age=FRESH)
def answer(request: HttpRequest) -> HttpResponse:
    """501 for a format we do not write, 404 for an address that is not one of these pages (oEmbed 1.0, § 2.3.4.1)."""
    asked = request.GET.get("format", "json")
    if asked not in {"json", "xml"}:
        return HttpResponse("Formats possibles : json, xml.\n", status=501, content_type=PLAIN)
    form = OembedForm(request.GET)
    if not form.is_valid():
        return HttpResponse(form.refusal(), status=400, content_type=PLAIN)
    origin = str(site(request)["origin"])
    found = _page(origin, form.cleaned_data["url"])
    if found is None:
        return HttpResponse("Rien à montrer à cette adresse.\n", status=404, content_type=PLAIN)
    place, kind, size = found
    room = size.within(form.cleaned_data["maxwidth"], form.cleaned_data["maxheight"])
    facts = _facts(origin, place, kind, room)
    return JsonResponse(facts, json_dumps_params={"ensure_ascii": False}) if asked == "json" else _xml(facts)


def frame(origin: str, place: Collectivity, kind: str, size: Size) -> str:
    """The HTML that a site pastes."""
    address = origin + reverse("embed-level" if kind == "niveau" else "embed-sheets", args=[place.code])
    return format_html(
        '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy" style="border:0;max-width:100%"></iframe>',
        address,
        size.width,
        size.height,
        french(f"{TITLES[kind]} : {place.name}"),
    )


def _page(origin: str, url: str) -> tuple[Collectivity, str, Size] | None:
    """The collectivité that an address of ours is about, and how it is shown."""
    try:
        parts = urlsplit(url)
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    is_ours = parts.scheme in {"http", "https"} and parts.netloc == urlsplit(origin).netloc
    if not is_ours or match.url_name not in SHOWN:
        return None
    place = standing_for(match.kwargs["code"])
    return (place, *SHOWN[match.url_name]) if place else None


def _facts(origin: str, place: Collectivity, kind: str, size: Size) -> dict[str, object]:
    return {
        "version": "1.0",
        "type": "rich",
        "title": french(f"{TITLES[kind]} : {place.name}"),
        "provider_name": "Atlaas",
        "provider_url": origin + reverse("home"),
        "cache_age": FRESH,
        "width": size.width,
        "height": size.height,
        "html": frame(origin, place, kind, size),
    }


def _xml(facts: Mapping[str, object]) -> HttpResponse:
    root = ET.Element("oembed")
    for name, value in facts.items():
        ET.SubElement(root, name).text = str(value)
    made = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(made, content_type="text/xml; charset=utf-8")
