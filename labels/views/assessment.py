"""The self-assessment of a collectivité, and what the next level would ask of its coverage; nothing is stored."""

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
from labels.queries.peers import Peer, peers_of

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
    form = PeersForm(request.GET)
    group = form.group()
    peers = peers_of(collectivity, edition, timezone.localdate(), group)
    known = {one.code for one in peers} | set(group.left_out)
    words: dict[str, object] = {
        "collectivity": collectivity,
        "edition": edition,
        "peers": peers,
        "strangers": [one for one in group.added if one not in known],
        "left_out": " ".join(group.left_out),
        "kept": form.kept(),
    }
    return form, peers, words


def _nothing(request: HttpRequest, collectivity: Collectivity) -> HttpResponse:
    """Before the first edition there is nothing to compare with."""
    return render(request, "labels/mosaic/no_edition.html", {"collectivity": collectivity})
