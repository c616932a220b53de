"""Organisers confirm or correct levels in one screen; the figures follow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from atlaas.models import User
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french, plural
from atlaas.tasks import wake
from labels.forms.level_review import Choice, LevelReviewForm
from labels.models import Award, Edition
from labels.operations.award import confirm_level
from labels.permissions import can_correct_levels
from labels.queries.edition import latest_complete
from labels.queries.level_review import Decision, decided, decisions_of, unconfirmed


@dataclass(frozen=True)
class Line:
    """One award on the screen: what is chosen for it now, and how its level was last decided."""

    award: Award
    chosen: str = ""
    decision: Decision | None = None


@dataclass(frozen=True)
class Listing:
    """Lines that are saved together, région by région where that helps (`key` names the form)."""

    key: str
    lines: Sequence[Line]
    groups: Sequence[tuple[str, Sequence[Line]]] = ()

    @property
    def versions(self) -> str:
        return " ".join(f"{line.award.pk}:{line.award.version}" for line in self.lines)


@dataclass
class Outcome:
    """What became of a set of choices; `conflicts` gives, by award, the level that was wanted."""

    saved: int = 0
    conflicts: dict[int, str] = field(default_factory=dict)
    refusals: list[str] = field(default_factory=list)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    edition = latest_complete(request.user) if can_correct_levels(request.user) else None
    if edition is None:
        raise Http404
    return redirect("level-review", edition.year)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, year: int) -> HttpResponse:
    if not can_correct_levels(request.user):
        raise Http404
    edition = get_object_or_404(Edition.objects.visible_to(request.user), year=year)
    if request.method != "POST":
        return _page(request, edition)
    form = LevelReviewForm(request.POST)
    if not form.is_valid():
        return _page(request, edition, form, status=422)
    outcome = _confirm(request, edition, form)
    _tell(request, outcome)
    if outcome.conflicts:
        return _conflict_page(request, edition, form, outcome.conflicts)
    return redirect("level-review", edition.year)


def _page(
    request: HttpRequest, edition: Edition, form: LevelReviewForm | None = None, status: int = 200
) -> HttpResponse:
    chosen = form.chosen if form else lambda _pk: ""
    waiting = [Line(award, chosen(award.pk)) for award in unconfirmed(edition, request.user)]
    known = [Line(one.award, chosen(one.award.pk), one) for one in decided(edition, request.user)]
    words = {
        "edition": edition,
        "form": form,
        "waiting": Listing("attente", waiting, _by_region(waiting)),
        "decided": Listing("decides", known, [("", known)]),
    }
    return render(request, "labels/level_review/detail.html", words, status=status)


def _by_region(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    groups = groupby(lines, key=lambda line: line.award.collectivity.region.name)
    return [(name, list(group)) for name, group in groups]


def _confirm(request: HttpRequest, edition: Edition, form: LevelReviewForm) -> Outcome:
    """Write each choice by itself: one that is refused or stale holds back no other."""
    outcome = Outcome()
    choices = form.choices()
    awards = Award.objects.visible_to(request.user).filter(edition=edition).select_related("collectivity")
    found = awards.in_bulk([choice.award for choice in choices])
    for choice in choices:
        if award := found.get(choice.award):
            _write(request, award, choice, form.cleaned_data["raison"], outcome)
    if outcome.saved:
        wake()
    return outcome


def _write(request: HttpRequest, award: Award, choice: Choice, reason: str, outcome: Outcome) -> None:
    try:
        confirm_level(award, level=choice.level, version=choice.version, reason=reason, by=_person(request))
    except Conflict:
        outcome.conflicts[award.pk] = str(choice.level)
    except Refused as refused:
        outcome.refusals.append(french(f"{award.collectivity} : {refused}"))
    else:
        outcome.saved += 1


def _person(request: HttpRequest) -> User:
    """The organiser; the view has asked `can_correct_levels` before."""
    return cast("User", request.user)


def _tell(request: HttpRequest, outcome: Outcome) -> None:
    if outcome.saved:
        done = plural(outcome.saved, "niveau enregistré", "niveaux enregistrés")
        follow = french("Les statistiques se recalculent et suivent dans un instant.")
        messages.success(request, f"{done}. {follow}")
    for sentence in outcome.refusals:
        messages.error(request, sentence)


def _conflict_page(
    request: HttpRequest, edition: Edition, form: LevelReviewForm, wanted: Mapping[int, str]
) -> HttpResponse:
    awards = list(Award.objects.visible_to(request.user).filter(pk__in=wanted).for_lists())
    decisions = {one.award.pk: one for one in decisions_of(awards)}
    lines = [Line(award, wanted[award.pk], decisions.get(award.pk)) for award in awards]
    words = {"edition": edition, "form": form, "listing": Listing("conflit", lines, [("", lines)])}
    return render(request, "labels/level_review/conflict.html", words, status=409)
