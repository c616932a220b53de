"""/fiches/: the public search of fiches."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atlaas.views.context import site
from labels.queries import sheet_hint
from labels.queries.category import CategoryRule, category_rule
from labels.queries.sheet_facets import facets
from labels.queries.sheet_page import RANKED_MOST, SheetPage, page
from labels.queries.sheet_search import FOUND_MOST, count
from labels.queries.sheet_vocabulary import Question, read
from labels.rules import sheet_cursor
from labels.rules.sheet_filters import RELEVANCE, Unread
from labels.views import finder

LOST = Unread("apres", "Cette page n’existe plus : voici la première.")


@login_not_required
@require_safe
def sheet_list(request: HttpRequest) -> HttpResponse:
    asked = read(request.GET.dict())
    rule = category_rule(request.user)
    shown, lost = _page(request, asked, rule)
    words = {
        "filters": asked.filters,
        "unread": (*asked.unread, *lost),
        "chips": finder.chips(asked.filters),
        "orders": finder.orders(asked.filters),
        "page": shown,
        "found_most": FOUND_MOST,
        "ranked_most": RANKED_MOST if asked.filters.order == RELEVANCE else None,
        "address": f"{site(request)['origin']}{request.path}{asked.filters.query()}",
        "keep_name": finder.name_of(asked.filters),
        "named": sheet_hint.named(asked.filters, request.user),
        **_lists(request, asked, rule),
    }
    if not shown.sheets and asked.filters.q:
        words["respelt"] = sheet_hint.respelt(asked.filters.q)
    return render(request, "labels/search/list.html", words)


@login_not_required
@require_safe
def sheet_facets(request: HttpRequest) -> HttpResponse:
    """The lists of filters with their counts, asked apart when there are very many fiches."""
    asked = read(request.GET.dict())
    found = facets(asked.filters, asked.vocabulary, category_rule(request.user), request.user)
    return render(
        request, "labels/search/_lists.html", {"lists": finder.lists(asked.filters, found), "counted": True}
    )


def _page(request: HttpRequest, asked: Question, rule: CategoryRule) -> tuple[SheetPage, tuple[Unread, ...]]:
    """The page that the cursor names, or the first one with a word about it."""
    given = {name: request.GET.get(name, "") for name in ("apres", "avant")}
    cursors = {name: sheet_cursor.read(value) for name, value in given.items()}
    lost = any(given[name] and not cursors[name] for name in given)
    shown = page(asked.filters, request.user, rule, after=cursors["apres"], before=cursors["avant"])
    return shown, (LOST,) if lost else ()


def _lists(request: HttpRequest, asked: Question, rule: CategoryRule) -> dict[str, object]:
    """The total and the lists; beyond a size the counts take longer than the results, and come apart (`comptes` in the address)."""
    filters = asked.filters
    is_large = sheet_hint.estimated_size() > settings.FACETS_WITH_PAGE_UP_TO
    if is_large and "comptes" not in request.GET:
        total = count(filters, request.user, rule)
        return {"total": total, "lists": finder.bare_lists(filters, asked.vocabulary), "counted": False}
    found = facets(filters, asked.vocabulary, rule, request.user)
    return {"total": found.total, "lists": finder.lists(filters, found), "counted": True}
