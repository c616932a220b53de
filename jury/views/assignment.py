"""Organisers share the dossiers among the jurors: asked, previewed, applied, mended by hand. No score is read here."""

from collections.abc import Callable, Collection
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from atlaas.views.attempt import attempt, person
from jury.forms.assignment import HandForm, ShareForm
from jury.models import AssignmentRun
from jury.operations import assignment as verbs
from jury.queries.assignment import Ground, asked_of, ground_of
from jury.rules.assignment import Pair, Plan, Task, changes, misfit, shortages
from jury.rules.assignment_table import lines, region_shares, repeats, shares
from jury.views.juror import edition_of
from labels.choices import Category
from labels.models import Edition


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, year: int) -> HttpResponse:
    """Who reads what today; asking for a preview."""
    edition = edition_of(request, year)
    readers, seed = asked_of(edition)
    bound = request.POST if request.method == "POST" else None
    form = ShareForm(bound, initial={"readers": readers, "seed": seed})
    if form.is_bound and form.is_valid():
        try:
            run = verbs.preview(edition, **form.cleaned_data, by=person(request))
        except Refused as refused:
            form.add_error("readers", french(str(refused)))
        else:
            return redirect("jury-assignment-preview", year, run.pk)
    ground = ground_of(edition)
    task = ground.task(needed=readers, seed=seed)
    words = _tables(ground, task, ground.today) | {"edition": edition, "form": form}
    words["hand"] = HandForm(ground=ground, auto_id="main_%s")
    return render(request, "jury/assignment/detail.html", words, status=422 if form.errors else 200)


@never_cache
@require_safe
def preview(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    edition = edition_of(request, year)
    run = _run(edition, pk)
    ground, plan = ground_of(edition), Plan.read(run.plan)
    task = ground.task(needed=run.readers, seed=run.seed)
    words = _tables(ground, task, plan.pairs) | {
        "edition": edition,
        "run": run,
        "changes": changes(plan),
        "problems": [one["sentence"] for one in run.plan["problems"]],
        "misfit": "" if run.applied_at else misfit(plan, task),
    }
    return render(request, "jury/assignment/preview.html", words)


@require_POST
def apply(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    run = _run(edition_of(request, year), pk)
    if attempt(request, lambda: verbs.apply(run, person(request)), "La répartition est appliquée."):
        return redirect("jury-assignment", year)
    return redirect("jury-assignment-preview", year, pk)


@require_POST
def add(request: HttpRequest, year: int) -> HttpResponse:
    return _by_hand(request, year, verbs.add, "Le dossier est confié à ce juré.")


@require_POST
def remove(request: HttpRequest, year: int) -> HttpResponse:
    return _by_hand(request, year, verbs.remove, "Le dossier n’est plus confié à ce juré.")


def _by_hand(request: HttpRequest, year: int, act: Callable[..., object], done: str) -> HttpResponse:
    edition = edition_of(request, year)
    form = HandForm(request.POST, ground=ground_of(edition))
    if not form.is_valid():
        messages.error(request, french(str(next(iter(form.errors.values()))[0])))
        return redirect("jury-assignment", year)
    juror = edition.jurors.select_related("edition").get(pk=form.cleaned_data["juror"])
    candidacy = edition.candidacies.select_related("collectivity").get(pk=form.cleaned_data["candidacy"])
    attempt(request, lambda: act(juror, candidacy, person(request)), done)
    return redirect("jury-assignment", year)


def _tables(ground: Ground, task: Task, pairs: Collection[Pair]) -> dict[str, Any]:
    rows = lines(task, pairs, ground.begun)
    return {
        "task": task,
        "away": ground.away,
        "categories": Category.labels,
        "shares": shares(task, pairs, ground.begun, Category.values),
        "regions": region_shares(task, pairs),
        "lines": rows,
        "lacking": [one for one in rows if one.lacks],
        "repeats": repeats(task, pairs),
        "short": shortages(task),
        "readings": len(pairs),
        "begun": len(ground.begun.intersection(pairs)),
    }


def _run(edition: Edition, pk: int) -> AssignmentRun:
    return get_object_or_404(AssignmentRun.objects.select_related("by"), edition=edition, pk=pk)
