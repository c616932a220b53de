"""Writing a fiche: the form, saved whole; what another saved meanwhile is shown beside it."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlaas.forms.sheet import SheetForm, TicketForm, centre_of
from atlaas.forms.sheet_merge import merged
from atlaas.models import Collectivity, Sheet, User
from atlaas.operations import sheet as verbs
from atlaas.operations.sheet_request import ask_publication
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from atlaas.tasks import wake
from atlaas.views.sheet_page import blank, is_new, merge_page, page, way_back

INCOMPLETE = "Le formulaire reçu est incomplet : rechargez la page et recommencez. Rien n’a été enregistré."
methods = require_http_methods(["GET", "HEAD", "POST"])


def served_sheet(request: HttpRequest, code: str, pk: UUID) -> Sheet:
    """The fiche, by the door of the people's space; 404 for whoever may not act for its collectivité."""
    rows = Sheet.objects.served_by(request.user).select_related(
        "collectivity__departement", "saved_by", "inspired_by__collectivity"
    )
    return get_object_or_404(rows, pk=pk, collectivity__code=code)


def served_collectivity(request: HttpRequest, code: str) -> Collectivity:
    return get_object_or_404(
        Collectivity.objects.served_by(request.user).select_related("departement"), code=code
    )


def person(request: HttpRequest) -> User:
    """Whoever asks; the middleware lets nobody else in."""
    return cast("User", request.user)


@never_cache
@methods
def new(request: HttpRequest, code: str) -> HttpResponse:
    collectivity = served_collectivity(request, code)
    if request.method == "POST":
        return _write(request, blank(collectivity), request.POST)
    return page(request, blank(collectivity))


@never_cache
@methods
def edit(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    sheet = served_sheet(request, code, pk)
    if request.method == "POST":
        return _write(request, sheet, request.POST)
    return page(request, sheet)


@never_cache
@methods
def merge(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    """What was chosen between two texts is written over the version shown; another one meanwhile shows both again."""
    sheet = served_sheet(request, code, pk)
    if request.method != "POST":
        return redirect("sheet-edit", code, pk)
    return _write(request, sheet, merged(request.POST))


def _write(request: HttpRequest, sheet: Sheet, data) -> HttpResponse:
    form, ticket = SheetForm(data, centre=centre_of(sheet.collectivity)), TicketForm(data)
    if not ticket.is_valid():
        messages.error(request, french(INCOMPLETE))
        return page(request, sheet, form, status=422)
    try:
        return _after(request, write(request, sheet, form, ticket), form)
    except Conflict as conflict:
        current = cast("Sheet", conflict.current)
        return merge_page(request, current, form, ticket)
    except Refused as refused:
        messages.error(request, french(str(refused)))
        return page(request, _read_again(request, sheet), form, status=403)


def write(request: HttpRequest, sheet: Sheet, form: SheetForm, ticket: TicketForm) -> Sheet:
    """Keep every field that is right; the first time, the draft is started under the key of the page."""
    read = ticket.cleaned_data
    if is_new(sheet):
        sheet = verbs.start(sheet.collectivity, by=person(request), draft_key=read["draft_key"])
    return verbs.save(
        sheet, by=person(request), version=read["version"], facts=form.kept, services=form.chosen
    )


def _read_again(request: HttpRequest, sheet: Sheet) -> Sheet:
    """As it is stored now; as it was when it is not stored."""
    found = Sheet.objects.served_by(request.user).select_related("collectivity__departement", "saved_by")
    return found.filter(pk=sheet.pk).first() or sheet


def _after(request: HttpRequest, sheet: Sheet, form: SheetForm) -> HttpResponse:
    """What the button asked for, once everything that is right is stored."""
    action = request.POST.get("action")
    if action == "apercu":
        return page(request, sheet, form, preview=form["text"].value() or "")
    if form.errors:
        return page(request, sheet, form, status=422)
    if action in {"publier", "demander"}:
        return _publish(request, sheet, form, asks=action == "demander")
    if action == "proposer":
        return redirect(f"{_address(sheet)}#t-services")
    return redirect(way_back(request) or f"{_address(sheet)}?enregistre=1")


def _publish(request: HttpRequest, sheet: Sheet, form: SheetForm, *, asks: bool) -> HttpResponse:
    try:
        if asks:
            ask_publication(sheet, by=person(request))
        else:
            verbs.publish(sheet, by=person(request), version=sheet.version)
    except verbs.Incomplete as incomplete:
        for problem in incomplete.problems:
            form.add_error(problem.field, problem.sentence)
        return page(request, _read_again(request, sheet), form, status=422)
    wake()
    done = "Votre demande est partie : un valideur est prévenu." if asks else "La fiche est publiée."
    messages.success(request, french(done))
    shown = _address(sheet) if asks else reverse("sheet", args=[sheet.pk])
    return redirect(way_back(request) or shown)


def _address(sheet: Sheet) -> str:
    return reverse("sheet-edit", args=[sheet.collectivity.code, sheet.pk])


@never_cache
@methods
def archive(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    sheet = served_sheet(request, code, pk)
    if request.method != "POST":
        return render(request, "atlaas/sheet/archive.html", {"sheet": sheet})
    try:
        verbs.archive(sheet, by=person(request))
    except Refused as refused:
        messages.error(request, french(str(refused)))
    else:
        messages.success(
            request, french("La fiche est archivée : elle n’est plus publique, et se publie à nouveau d’ici.")
        )
    return redirect("sheet-edit", code, pk)


@never_cache
@methods
def delete(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    sheet = served_sheet(request, code, pk)
    if request.method != "POST":
        return render(request, "atlaas/sheet/delete.html", {"sheet": sheet})
    try:
        verbs.delete_draft(sheet, by=person(request))
    except Refused as refused:
        messages.error(request, french(str(refused)))
        return redirect("sheet-edit", code, pk)
    messages.success(request, french("Le brouillon est supprimé."))
    return redirect("space-collectivity", code)
