"""A juror scores a dossier: saved whole or as one types, handed in, changed with a reason."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from atlaas.views.attempt import person
from atlaas.views.context import account_mark
from jury.forms.evaluation import LEVEL, ChangeForm, EvaluationForm, TicketForm
from jury.models import Evaluation
from jury.operations import evaluation as verbs
from jury.queries.evaluation import Panel, panel_of
from jury.views.evaluation_page import acknowledged, asked, back, merge_page, page, shown_again

INCOMPLETE = "Le formulaire reçu est incomplet : rechargez la page et recommencez. Rien n’a été enregistré."
SIGNED_OUT = "Vous n’êtes plus connecté : vos notes sont gardées sur cet appareil, reconnectez-vous."
GONE = "Ce dossier n’est pas de ceux que vous lisez."
SAVED = "L’évaluation est enregistrée."
HANDED_IN = "L’évaluation est remise : vous voyez maintenant celles des autres membres."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    """The panel alone, for a phone or for whoever reads the dossier on paper; POST saves it whole."""
    own, candidacy = asked(request, year, pk)
    panel = panel_of(own, candidacy)
    if request.method != "POST":
        return page(request, panel)
    return _written(request, panel, hand_in=False)


@require_POST
def handing_in(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    """Save what the page holds, then hand it in."""
    return _written(request, panel_of(*asked(request, year, pk)), hand_in=True)


@login_not_required
@never_cache
@require_POST
def autosave(request: HttpRequest, year: int, pk: UUID) -> JsonResponse:
    """Saves while one reads: JSON, never a redirect that a script would follow in silence."""
    if not request.user.is_authenticated or request.POST.get("account") != account_mark(request):
        return _no(401, SIGNED_OUT)
    try:
        return _autosaved(request, panel_of(*asked(request, year, pk)))
    except Http404:
        return _no(404, GONE)
    except Conflict as conflict:
        return _no(409, str(conflict))
    except Refused as refused:
        return _no(403, str(refused))


@require_POST
def change(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    """A score or the level, after the evaluation was handed in."""
    panel = panel_of(*asked(request, year, pk))
    form, ticket = ChangeForm(request.POST, grid=panel.grid), TicketForm(request.POST)
    typed = replace(panel, change=request.POST.dict())
    if not (ticket.is_valid() and form.is_valid()):
        sentence = next(iter(form.errors.values()))[0] if form.errors else INCOMPLETE
        return _refused(request, typed, str(sentence), 422)
    try:
        _change(request, panel, form, ticket.cleaned_data["version"])
    except Refused as refused:
        return _refused(request, typed, str(refused), 409 if isinstance(refused, Conflict) else 422)
    messages.success(request, french("La valeur est changée ; l’ancienne et la raison restent."))
    return back(request, year, pk)


@require_POST
def reread(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    """The dossier as it was filed anew becomes the one that is judged."""
    panel = panel_of(*asked(request, year, pk))
    ticket = TicketForm(request.POST)
    if not ticket.is_valid():
        return _refused(request, panel, INCOMPLETE, 422)
    try:
        verbs.reread(panel.seat, panel.candidacy, ticket.cleaned_data["version"], person(request))
    except Refused as refused:
        return _refused(request, panel, str(refused), 409 if isinstance(refused, Conflict) else 422)
    messages.success(request, french("Votre évaluation porte sur le nouveau dépôt : relisez vos notes."))
    return back(request, year, pk)


def _written(request: HttpRequest, panel: Panel, *, hand_in: bool) -> HttpResponse:
    form, ticket = EvaluationForm(request.POST, grid=panel.grid), TicketForm(request.POST)
    if not ticket.is_valid():
        return _refused(request, panel, INCOMPLETE, 422)
    version = ticket.cleaned_data["version"]
    try:
        saved = _save(request, panel, form, version)
        if hand_in and not form.unkept:
            verbs.submit(panel.seat, panel.candidacy, saved.version, person(request))
    except Conflict as conflict:
        return merge_page(request, conflict, panel.seat, panel.candidacy)
    except Refused as refused:
        return _refused(request, panel_of(panel.seat, panel.candidacy), str(refused), 422)
    if form.unkept:
        return page(request, shown_again(panel_of(panel.seat, panel.candidacy), form), 422)
    messages.success(request, french(HANDED_IN if hand_in else SAVED))
    return back(request, panel.seat.edition.year, panel.candidacy.pk)


def _save(request: HttpRequest, panel: Panel, form: EvaluationForm, version: int) -> Evaluation:
    return verbs.save(panel.seat, panel.candidacy, form.facts(panel.facts), version, person(request))


def _autosaved(request: HttpRequest, panel: Panel) -> JsonResponse:
    form, ticket = EvaluationForm(request.POST, grid=panel.grid), TicketForm(request.POST)
    if not ticket.is_valid():
        return _no(400, INCOMPLETE)
    saved = _save(request, panel, form, ticket.cleaned_data["version"])
    return JsonResponse(acknowledged(panel, saved, form.facts(panel.facts), form.unkept))


def _change(request: HttpRequest, panel: Panel, form: ChangeForm, version: int) -> None:
    read, where = form.cleaned_data, (panel.seat, panel.candidacy)
    facts = {"reason": read["reason"], "version": version, "by": person(request)}
    if read["what"] == LEVEL:
        verbs.change_level(*where, read["value"], **facts)
        return
    criterion = next(one for one in panel.grid.criteria if one.code == read["what"])
    verbs.change_score(*where, criterion, read["value"], **facts)


def _refused(request: HttpRequest, panel: Panel, sentence: str, status: int) -> HttpResponse:
    messages.error(request, french(sentence))
    return page(request, panel, status)


def _no(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": french(sentence)}, status=status)
