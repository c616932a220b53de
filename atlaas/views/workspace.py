"""The people's space: what waits for me, my collectivités, the fiches of one of them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from atlaas.permissions import is_organiser
from atlaas.queries.claim import claims_of, pending
from atlaas.queries.invitation import waiting_for
from atlaas.queries.message import unread
from atlaas.queries.right import right_on
from atlaas.queries.workspace import Counts, Served, counts_of, drafts_of, served, sheets_of, to_contest
from atlaas.views.attempt import person, place_of

PLACES_A_PAGE = 12
SHEETS_A_PAGE = 25
SHOWN = 6


@never_cache
@require_safe
def space(request: HttpRequest) -> HttpResponse:
    user = person(request)
    rows = served(user)
    words = {
        "page": Paginator(rows, PLACES_A_PAGE).get_page(request.GET.get("page")),
        "rows": rows,
        "publishing": [one for one in rows if one.publishes and one.counts.to_publish][:SHOWN],
        "stale": [one for one in rows if one.counts.stale][:SHOWN],
        "withdrawn": to_contest(rows)[:SHOWN],
        "invitations": waiting_for(user),
        "claims": claims_of(user),
        "claims_to_decide": pending().count() if is_organiser(user) else 0,
        "drafts": drafts_of(rows)[:SHOWN],
        "messages_unread": unread(user)[:SHOWN],
    }
    return render(request, "atlaas/space/home.html", words)


@never_cache
@require_safe
def detail(request: HttpRequest, code: str) -> HttpResponse:
    place = place_of(request, code)
    state, asked = request.GET.get("etat", ""), request.GET.get("q", "").replace("\x00", "").strip()
    right = right_on(place, person(request))
    counts = counts_of([place]).get(place.pk, Counts())
    page = Paginator(sheets_of(place, state=state, words=asked), SHEETS_A_PAGE).get_page(
        request.GET.get("page")
    )
    words = {
        "place": place,
        "served": Served(place, right, counts) if right else None,
        "filters": _filters(counts),
        "state": state,
        "q": asked,
        "page": page,
    }
    return render(request, "atlaas/space/collectivity.html", words)


def _filters(counts: Counts) -> list[tuple[str, str, int]]:
    """Each filter of the list: what the address says, what people read, how many fiches."""
    return [
        ("", "Toutes", counts.total),
        ("a-publier", "À publier", counts.to_publish),
        ("brouillons", "Brouillons", counts.draft),
        ("publiees", "Publiées", counts.published),
        ("a-renouveler", "Non mises à jour depuis deux ans", counts.stale),
        ("archivees", "Archivées", counts.archived),
        ("retirees", "Retirées par la modération", counts.withdrawn),
    ]
