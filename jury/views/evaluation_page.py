"""The panel of an evaluation as a page, and the page that brings two windows of one juror together."""

from dataclasses import dataclass, replace
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from atlaas.rules.refusal import Conflict
from atlaas.rules.text import french
from atlaas.views.sheet_page import clock
from jury.forms.evaluation import LEVEL, REMARK, SCORE, EvaluationForm
from jury.models import Evaluation, Juror
from jury.queries.door import judged_by
from jury.queries.evaluation import Panel, panel_of
from jury.rules.evaluation import Facts
from jury.views.seat import seat
from labels.models import Candidacy

FREE = (REMARK, "note")  # what goes on changing freely once handed in


@dataclass(frozen=True)
class Pair:
    """A field that two windows fill differently: `name` is the one of the form, so that the one chosen is sent as it is."""

    name: str
    label: str
    mine: str
    theirs: str
    mine_shown: str
    theirs_shown: str
    is_free: bool


def asked(request: HttpRequest, year: int, pk: object) -> tuple[Juror, Candidacy]:
    """The seat and the dossier of the address, by the one door; 404 for everyone and everything else."""
    own = seat(request, year)
    return own, get_object_or_404(judged_by(own).select_related("collectivity"), pk=pk)


def page(request: HttpRequest, panel: Panel, status: int = 200) -> HttpResponse:
    words = {
        "panel": panel,
        "seat": panel.seat,
        "edition": panel.seat.edition,
        "collectivity": panel.candidacy.collectivity,
    }
    return render(request, "jury/evaluation/detail.html", words, status=status)


def back(request: HttpRequest, year: int, pk: object) -> HttpResponse:
    """To the panel where it was read: beside the dossier, or alone."""
    alone = reverse("jury-evaluation", args=[year, pk])
    beside = alone.removesuffix("evaluation/")
    place = beside if request.POST.get("retour") == beside else alone
    return redirect(f"{place}#evaluation")


def shown_again(panel: Panel, form: EvaluationForm) -> Panel:
    """What was sent, with what could not be kept and why."""
    return replace(panel, facts=form.shown(panel.facts), unkept=form.unkept)


def acknowledged(panel: Panel, saved: Evaluation, facts: Facts, unkept: dict[str, str]) -> dict[str, object]:
    """What the script that saves reads (static/js/autosave.js)."""
    address = [panel.seat.edition.year, panel.candidacy.pk]
    told = replace(panel, facts=facts)
    return {
        "version": saved.version,
        "saved_at": clock(saved.saved_at) if saved.pk else "",
        "url": reverse("jury-evaluation", args=address),
        "autosave": reverse("jury-evaluation-autosave", args=address),
        "base": "",
        "unkept": {name: french(sentence) for name, sentence in unkept.items()},
        "remark": "" if panel.is_handed_in else french(told.state_words),
    }


def merge_page(request: HttpRequest, conflict: Conflict, own: Juror, candidacy: Candidacy) -> HttpResponse:
    """Both, field by field where they differ (409); nothing was written."""
    stored = panel_of(own, candidacy)
    mine = replace(stored, facts=cast("Facts", conflict.proposed))
    words: dict[str, Any] = {
        "panel": stored,
        "edition": own.edition,
        "collectivity": candidacy.collectivity,
        "pairs": pairs(mine, stored),
        "saved_at": clock(cast("Evaluation", conflict.current).saved_at),
        "retour": request.POST.get("retour", ""),
    }
    return render(request, "jury/evaluation/merge.html", words, status=409)


def pairs(mine: Panel, stored: Panel) -> list[Pair]:
    """What differs between two working copies, in the order of the grid."""
    told, kept = _fields(mine), _fields(stored)
    return [
        Pair(
            name,
            label,
            value,
            kept[name][1],
            shown or "rien",
            kept[name][2] or "rien",
            is_free=not stored.is_handed_in or name.startswith(FREE),
        )
        for name, (label, value, shown) in told.items()
        if value != kept[name][1]
    ]


def _fields(panel: Panel) -> dict[str, tuple[str, str, str]]:
    """By name of the form's field: its label, its value, and how that value reads."""
    found = {}
    for mark in panel.marks:
        value = "" if mark.own is None else str(mark.own)
        words = f"{value} : {mark.criterion.anchors[mark.own]}" if mark.own is not None else ""
        found[SCORE + mark.criterion.code] = (mark.criterion.name, value, words)
    level = "" if panel.facts.level is None else str(panel.facts.level)
    found[LEVEL] = ("Niveau envisagé", level, level and f"{level} @")
    for place in panel.places:
        found[REMARK + place.enjeu.slug] = (place.enjeu.name, place.own, place.words)
    found["note"] = ("Note pour vous", panel.facts.note, panel.facts.note)
    return found
