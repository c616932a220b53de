"""The organiser's board, and a candidacy as its people see it, with what the association answers."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from atlaas.models import User
from atlaas.permissions import is_organiser
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from atlaas.tasks import wake
from labels.forms.board import AbsentForm, AnswerForm, BoardForm, ExtensionForm, RelaunchForm
from labels.models import Candidacy, Edition
from labels.operations import board as verbs
from labels.operations import derogation as derogations
from labels.operations import extension as extensions
from labels.queries.board import board_csv, candidacies_of, figures_of, unreturned
from labels.queries.candidacy import (
    checklist_of,
    counted_sheets,
    filed_dossier,
    latest_steps,
    questions_of,
)
from labels.queries.clock import deadline_of
from labels.queries.computation import computation_of

PER_PAGE = 100


@never_cache
@require_safe
def detail(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_of(request, year)
    form = BoardForm(request.GET)
    found = candidacies_of(edition, form.criteria())
    words = {
        "edition": edition,
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "figures": figures_of(edition),
        "unreturned": Paginator(unreturned(edition), PER_PAGE).get_page(request.GET.get("absentes")),
        "relaunch": RelaunchForm(),
        "absent": AbsentForm(auto_id="absent_%s"),
        "computation": computation_of(edition),
    }
    return render(request, "labels/board/detail.html", words)


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    if not is_organiser(_person(request)):
        raise Http404
    edition = Edition.objects.with_campaign().order_by("-year").first()
    return redirect("board", edition.year) if edition else redirect("edition-new")


@never_cache
@require_safe
def table(request: HttpRequest, year: int) -> HttpResponse:
    """The same selection as a CSV file."""
    text = board_csv(edition_of(request, year), BoardForm(request.GET).criteria())
    headers = {"Content-Disposition": f'attachment; filename="candidatures-{year}.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


@require_POST
def relaunch(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_of(request, year)
    form = RelaunchForm(request.POST, keys=edition.candidacies.values_list("pk", flat=True))

    def act() -> None:
        chosen = [UUID(one) for one in form.cleaned_data["candidacy"]]
        verbs.relaunch(edition, chosen, form.cleaned_data["message"], _person(request))

    _act(request, form, act, "La relance part par courriel à celles qui ne viennent pas de la recevoir.")
    return redirect("board", year)


@require_POST
def relaunch_absent(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_of(request, year)
    form = AbsentForm(request.POST, keys=unreturned(edition).values_list("pk", flat=True))

    def act() -> None:
        read = form.cleaned_data
        verbs.relaunch_absent(edition, read["collectivity"], read["message"], _person(request))

    _act(request, form, act, "La relance est écrite : elle part avec le prochain récapitulatif.")
    return redirect("board", year)


@never_cache
@require_safe
def candidacy(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    """The dossier as its people see it, for reading only; the look is written down."""
    found = _candidacy(request, year, pk)
    verbs.note_look(found, request.path, _person(request))
    return _page(request, found)


@require_POST
def extend(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    found, form = _candidacy(request, year, pk), ExtensionForm(request.POST)

    def act() -> None:
        read = form.cleaned_data
        extensions.grant(found, read["until"], read["reason"], _person(request))

    _act(request, form, act, "Le délai est accordé : l’équipe de la collectivité est prévenue.")
    return redirect("candidacy-view", year, pk)


@require_POST
def end_extension(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    found = _candidacy(request, year, pk)

    def act() -> None:
        for one in found.extensions.filter(ended_at=None):
            extensions.end(one, _person(request))

    _act(request, Form({}), act, "Le délai est repris.")
    return redirect("candidacy-view", year, pk)


@require_POST
def answer_derogation(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    found, form = _candidacy(request, year, pk), AnswerForm(request.POST)
    asked = found.edition.derogations.filter(collectivity=found.collectivity).order_by("-asked_at").first()
    if asked is None:
        raise Http404

    def act() -> None:
        read = form.cleaned_data
        derogations.answer(asked, read["state"], read["sentence"], _person(request))

    _act(request, form, act, "La réponse est envoyée.")
    return redirect("candidacy-view", year, pk)


@require_POST
def answer_category(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    found, form = _candidacy(request, year, pk), AnswerForm(request.POST)

    def act() -> None:
        read = form.cleaned_data
        verbs.answer_category(found, read["state"], read["sentence"], _person(request))

    _act(request, form, act, "La réponse est envoyée.")
    return redirect("candidacy-view", year, pk)


def _act(request: HttpRequest, form: Form, act: Callable[[], None], done: str) -> None:
    """Do it when the form is right; say why not otherwise."""
    if not form.is_valid():
        messages.error(request, french(str(next(iter(form.errors.values()))[0])))
        return
    try:
        act()
    except Refused as refused:
        messages.error(request, french(str(refused)))
        return
    wake()
    messages.success(request, french(done))


def _page(request: HttpRequest, found: Candidacy) -> HttpResponse:
    questions = questions_of(found.edition, found.category)
    told = {"dossier": found.answers, "feedback": found.feedback}
    words = {
        "candidacy": found,
        "collectivity": found.collectivity,
        "edition": found.edition,
        "deadline": deadline_of(found.edition, found.collectivity),
        "checklist": checklist_of(found, questions),
        "answers": [(one, told[one.section.part].get(one.code, "")) for one in questions],
        "sheets": counted_sheets(found),
        "steps": latest_steps(found),
        "filed": filed_dossier(found),
        "derogations": found.edition.derogations.filter(collectivity=found.collectivity),
        "extensions": found.extensions.select_related("by"),
        "derogation_answer": AnswerForm(auto_id="derogation_%s"),
        "category_answer": AnswerForm(auto_id="categorie_%s"),
        "extension": ExtensionForm(),
    }
    return render(request, "labels/board/candidacy.html", words)


def edition_of(request: HttpRequest, year: int) -> Edition:
    """404 for whoever is not of the association's team."""
    if not is_organiser(_person(request)):
        raise Http404
    return get_object_or_404(Edition.objects.with_campaign().select_related("rulebook"), year=year)


def _candidacy(request: HttpRequest, year: int, pk: UUID) -> Candidacy:
    edition = edition_of(request, year)
    place = ("collectivity__departement", "collectivity__region", "edition__rulebook", "filed")
    rows = edition.candidacies.select_related(*place).defer("filed__document")
    return get_object_or_404(rows, pk=pk)


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
