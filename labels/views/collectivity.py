from collections.abc import Iterable
from itertools import chain

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from atlaas.models import Collectivity
from atlaas.views.context import site
from labels.forms.directory import DirectoryForm
from labels.queries.collectivity import standing_for
from labels.queries.directory import directory_page
from labels.queries.history import history_of
from labels.queries.map import locator
from labels.queries.member import Member, latest_awards, members_of
from labels.queries.neighbour import Neighbour, nearest_laureates, surroundings
from labels.queries.sheet import sheets_of
from labels.views.json_ld import collectivity_words


@login_not_required
@require_safe
def directory_list(request: HttpRequest) -> HttpResponse:
    form = DirectoryForm(request.GET)
    form.is_valid()
    criteria = form.criteria()
    found = directory_page(criteria, request.GET.get("page"), request.user)
    words = {"form": form, "criteria": criteria, "page": found.page, "lines": found.lines}
    return render(request, "labels/collectivity/list.html", words)


@login_not_required
@require_safe
def detail(request: HttpRequest, code: str, slug: str = "") -> HttpResponse:
    collectivity = standing_for(code)
    if collectivity is None:
        raise Http404
    if (code, slug) != (collectivity.code, collectivity.slug):
        return redirect(collectivity, permanent=True)
    return render(request, "labels/collectivity/detail.html", _words(request, collectivity))


def _url(request: HttpRequest, collectivity: Collectivity) -> str:
    return f"{site(request)['origin']}{collectivity.get_absolute_url()}"


def _words(request: HttpRequest, collectivity: Collectivity) -> dict[str, object]:
    history = history_of(collectivity, request.user)
    members = members_of(collectivity, request.user)
    labelled = [member for member in members if member.award]
    edition = history.latest_complete
    neighbours = nearest_laureates(collectivity, edition, request.user) if edition else []
    return {
        "collectivity": collectivity,
        "history": history,
        "group": _group(collectivity, request.user),
        "locator": locator(collectivity),
        "members": members,
        "labelled_members": labelled,
        "edition": edition,
        "neighbours": neighbours,
        "has_doubt": _has_doubt(members, neighbours),
        "around": surroundings(collectivity, edition) if edition else None,
        "fiches": sheets_of(collectivity, request.user),
        "structured": collectivity_words(collectivity, history, _url(request, collectivity)),
    }


def _group(collectivity: Collectivity, user: object) -> dict[str, object] | None:
    group = collectivity.epci
    return {"collectivity": group, "award": latest_awards([group], user).get(group.pk)} if group else None


def _has_doubt(members: Iterable[Member], neighbours: Iterable[Neighbour]) -> bool:
    """Whether a level of the page is to be confirmed, so that the note has to stand at its foot."""
    certain = (member.award.level_is_certain for member in members if member.award)
    return not all(chain(certain, (neighbour.line.level_is_certain for neighbour in neighbours)))
