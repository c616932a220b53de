"""The association's screen of moderation, and what a collectivité reads of a withdrawal."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas import tasks
from atlaas.choices import Role, SheetState
from atlaas.forms.moderation import AnswerForm, ContestForm, SettleForm, WithdrawForm
from atlaas.models import Report, Sheet, User, Withdrawal
from atlaas.operations import moderation
from atlaas.permissions import is_organiser
from atlaas.queries.moderation import answered_reports, open_reports, standing_of, withdrawals
from atlaas.queries.right import right_on
from atlaas.rules.moderation import IN_FORCE
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french


def for_organisers(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to anybody else, whatever the method."""

    @never_cache
    def guarded(request: HttpRequest, **words: object) -> HttpResponse:
        if not is_organiser(cast("User", request.user)):
            raise Http404
        return view(request, **words)

    return guarded


@for_organisers
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    return _desk(request)


@for_organisers
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Report, pk=pk)
    form = AnswerForm(request.POST)
    problem = _try(form, lambda words: moderation.answer(found, by=_person(request), text=words["texte"]))
    return _desk(request, problem) if problem else _done(request, "Votre réponse est enregistrée.")


@for_organisers
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    rows = Sheet.objects.filter(state=SheetState.PUBLISHED).select_related("collectivity")
    sheet = get_object_or_404(rows, pk=pk)
    form, problem = WithdrawForm(request.POST), ""
    if request.method == "POST":
        problem = _try(
            form, lambda words: moderation.withdraw(sheet, by=_person(request), reason=words["texte"])
        )
        if not problem:
            return _done(request, "La fiche est retirée, la collectivité est prévenue.")
    words = {"sheet": sheet, "problem": problem, "written": request.POST.get("texte", "")}
    return render(request, "atlaas/moderation/withdraw.html", words, status=422 if problem else 200)


@for_organisers
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Withdrawal.objects.select_related("sheet__collectivity"), pk=pk)

    def deed(words: dict[str, str]) -> object:
        lifts = words["issue"] == "lever"
        return moderation.settle(found, by=_person(request), outcome=words["texte"], lifts=lifts)

    problem = _try(SettleForm(request.POST), deed)
    return _desk(request, problem) if problem else _done(request, "C’est fait, la collectivité est prévenue.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdrawal(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """Why a fiche of the collectivité was withdrawn, and where to contest it."""
    rows = Sheet.objects.served_by(request.user).select_related("collectivity")
    sheet = get_object_or_404(rows, pk=pk, collectivity__code=code)
    found = sheet.withdrawals.order_by("-at", "-pk").first()
    if found is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        form = ContestForm(request.POST)
        problem = _try(
            form, lambda words: moderation.contest(found, by=_person(request), text=words["texte"])
        )
        if not problem:
            messages.success(request, "Votre contestation est envoyée à l’association.")
            return redirect("sheet-withdrawal", code=code, pk=pk)
    return _own_page(request, sheet, found, problem)


def _own_page(request: HttpRequest, sheet: Sheet, found: Withdrawal, problem: str) -> HttpResponse:
    right = right_on(sheet.collectivity, _person(request))
    words = {
        "sheet": sheet,
        "withdrawal": found,
        "is_open": standing_of(found) == IN_FORCE,
        "may_contest": right is not None and right.covers(Role.PUBLISHER),
        "problem": problem,
        "written": request.POST.get("texte", ""),
    }
    return render(request, "atlaas/moderation/withdrawal.html", words, status=422 if problem else 200)


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _try(form: Form, deed: Callable[[dict[str, str]], object]) -> str:
    """Do it; the sentence that says why it could not be done, or nothing."""
    if not form.is_valid():
        return " ".join(str(error) for errors in form.errors.values() for error in errors)
    try:
        deed(form.cleaned_data)
    except Refused as refusal:
        return str(refusal)
    tasks.wake()
    return ""


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    messages.success(request, french(sentence))
    return redirect("moderation")


def _desk(request: HttpRequest, problem: str = "") -> HttpResponse:
    """The whole screen; after a refusal, what was typed stands where it was typed."""
    words = {
        "reports": open_reports(),
        "withdrawals": [(one, standing_of(one)) for one in withdrawals()],
        "answered": answered_reports(),
        "problem": problem,
        "at": request.path,
        "written": request.POST.get("texte", ""),
    }
    return render(request, "atlaas/moderation/desk.html", words, status=422 if problem else 200)
