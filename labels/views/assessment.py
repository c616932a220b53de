"""The self-assessment of a collectivité, and what the next level would ask of its coverage; nothing is stored."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from atlaas.models import Collectivity
from labels.forms.assessment import PeersForm
from labels.models import Edition
from labels.queries.assessment import assessment_of, next_level_of
from labels.queries.campaign import current_edition
from labels.queries.peers import Peer, names_of, peers_of
from labels.rules.peers import Group, not_added

MOST_TICKED = 144


@never_cache
@require_safe
def assessment(request: HttpRequest, code: str) -> HttpResponse:
    collectivity, edition = served_place(request, code), current_edition()
    if edition is None:
        return _nothing(request, collectivity)
    form, peers, words = _group(request, edition, collectivity)
    found = assessment_of(edition, collectivity, peers, day=timezone.localdate())
    return render(request, "labels/mosaic/assessment.html", words | {"form": form, "found": found})


@never_cache
@require_safe
def next_level(request: HttpRequest, code: str) -> HttpResponse:
    """The same group as the self-assessment, by the same words of the address."""
    collectivity, edition = served_place(request, code), current_edition()
    if edition is None:
        return _nothing(request, collectivity)
    _, peers, words = _group(request, edition, collectivity)
    ticked = request.GET.getlist("si")[:MOST_TICKED]
    found = next_level_of(edition, collectivity, peers, ticked=ticked, day=timezone.localdate())
    words |= {"has_ticked": bool(ticked), "found": found}
    return render(request, "labels/mosaic/next_level.html", words)


def served_place(request: HttpRequest, code: str) -> Collectivity:
    """A collectivité with its place, by the door of the people's space; 404 for whoever may not act for it."""
    rows = Collectivity.objects.served_by(request.user).select_related("departement", "region")
    return get_object_or_404(rows, code=code)


def _group(
    request: HttpRequest, edition: Edition, collectivity: Collectivity
) -> tuple[PeersForm, list[Peer], dict[str, object]]:
    """The group that the address asks for, and what both pages say of it."""
    form = PeersForm(request.GET)
    group = form.group()
    peers = peers_of(collectivity, edition, timezone.localdate(), group)
    words = _told(form, group, peers, own=collectivity.code)
    words |= {"collectivity": collectivity, "edition": edition}
    return form, peers, words


def _told(form: PeersForm, group: Group, peers: list[Peer], *, own: str) -> dict[str, object]:
    """Each collectivité with the address that leaves it out, or takes it back, and why some are not there."""
    here = {one.code for one in peers}
    names = names_of({*group.added, *group.left_out} - here)
    absent = [code for code in group.added if code not in here and code not in group.left_out]
    return {
        "peers": [(one, urlencode(group.without(one.code).words)) for one in peers],
        "left_out": [
            (names.get(code, code), urlencode(group.with_back(code).words)) for code in group.left_out
        ],
        "notes": [*form.notes(), *not_added(absent, names, own=own)],
        "group_words": group.words,
        "group_query": urlencode(group.words),
    }


def _nothing(request: HttpRequest, collectivity: Collectivity) -> HttpResponse:
    """Before the first edition there is nothing to compare with."""
    return render(request, "labels/mosaic/no_edition.html", {"collectivity": collectivity})
