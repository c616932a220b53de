"""The kit of a laureate. A level is public, so is what shows it: no account is asked, and a printer can be sent the address."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import conditional_page, require_safe

from atlaas.rules.text import slug as slugged
from atlaas.views.context import site
from labels.models import Award
from labels.queries.certificate import Certificate, certificate_of, public_award
from labels.queries.history import history_of
from labels.queries.kit import FILES, drawn, kit_of, why_no_kit
from labels.rules.kit import Kit
from labels.views.assessment import served_place

FRESH = 60
KINDS = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "pdf": "application/pdf",
    "txt": "text/plain; charset=utf-8",
}


@login_not_required
@require_safe
def detail(request: HttpRequest, code: str, year: str, slug: str = "") -> HttpResponse:
    found = _found(request, code, year)
    place = found.award.collectivity
    if (code, slug) != (place.code, place.slug):
        return redirect("kit", place.code, place.slug, year, permanent=True)
    return render(request, "labels/kit/detail.html", _words(request, found))


@login_not_required
@require_safe
@cache_control(public=True, max_age=FRESH)
@conditional_page
def document(request: HttpRequest, code: str, year: str, name: str) -> HttpResponse:
    """One file: the badge is shown where it stands, the others are downloaded under a name that says what they are."""
    found = _found(request, code, year)
    if name not in FILES or why_no_kit(found.award):
        raise Http404
    content = drawn(_kit(request, found), name)
    response = HttpResponse(content, content_type=KINDS[name.rsplit(".", 1)[1]])
    told = _file_name(found.award, name)
    way = "inline" if name.startswith("badge") else "attachment"
    response["Content-Disposition"] = f'{way}; filename="{told}"'
    return response


@never_cache
@require_safe
def space(request: HttpRequest, code: str) -> HttpResponse:
    """Every kit of a collectivité, for its people; with those of the collectivités that it took over."""
    collectivity = served_place(request, code)
    awards = [(award, why_no_kit(award)) for award in history_of(collectivity, request.user).awards]
    return render(request, "labels/kit/space.html", {"collectivity": collectivity, "awards": awards})


def _found(request: HttpRequest, code: str, year: str) -> Certificate:
    award = public_award(code, int(year), request.user)
    if award is None:
        raise Http404
    return certificate_of(award, request.user)


def _kit(request: HttpRequest, found: Certificate) -> Kit:
    return kit_of(found, str(site(request)["origin"]))


def _words(request: HttpRequest, found: Certificate) -> dict[str, Any]:
    why = why_no_kit(found.award)
    place = found.award.collectivity
    words = {"found": found, "award": found.award, "collectivity": place, "why": why}
    if why:
        return words
    kit = _kit(request, found)
    return words | {
        "kit": kit,
        "badge_size": len(drawn(kit, "badge.svg")),
        "snippet": _snippet(request, found, kit),
    }


def _snippet(request: HttpRequest, found: Certificate, kit: Kit) -> str:
    """The HTML that a town's webmaster pastes."""
    award = found.award
    badge = reverse("kit-file", args=[award.collectivity.code, award.edition.year, "badge.svg"])
    return format_html(
        '<a href="{}"><img src="{}{}" alt="{}" width="300" height="112"></a>',
        kit.url,
        site(request)["origin"],
        badge,
        kit.alt,
    )


def _file_name(award: Award, name: str) -> str:
    """« panneau-ville-internet-2025-fleury-sur-orne.pdf »."""
    kind, extension = name.rsplit(".", 1)
    place = slugged(award.collectivity.name)[:80]
    return f"{kind}-{award.category}-internet-{award.edition.year}-{place}.{extension}"
