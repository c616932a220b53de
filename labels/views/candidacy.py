"""Writing a candidacy: started, saved whole or as one types; what a colleague saved meanwhile is shown beside it."""

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.models import Collectivity, User
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from atlaas.views.context import account_mark
from labels.forms.candidacy import CandidacyForm, ChoicesForm, TicketForm, merged
from labels.models import Candidacy, Edition
from labels.operations import candidacy as verbs
from labels.queries.campaign import current_campaign
from labels.queries.candidacy import questions_of
from labels.views.candidacy_page import (
    acknowledged,
    dossier,
    merge_page,
    page,
    sheets_page,
    start_page,
    summary,
)

INCOMPLETE = "Le formulaire reçu est incomplet : rechargez la page et recommencez. Rien n’a été enregistré."
SIGNED_OUT = "Vous n’êtes plus connecté : le texte est gardé sur cet appareil, reconnectez-vous."
GONE = "Cette candidature n’est plus accessible : vous n’êtes plus rattaché à la collectivité."
BOTH_CHOICES = (
    "Un collègue a changé ce dossier entre-temps : votre choix est gardé ci-dessous, et chaque ligne qui diffère dit ce "
    "qui est enregistré. Enregistrez de nouveau pour mettre le vôtre à la place."
)
methods = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def latest(request: HttpRequest, code: str) -> HttpResponse:
    """The candidacy of the campaign that is on, or of the last one."""
    get_object_or_404(Collectivity.objects.served_by(request.user), code=code)
    edition = current_campaign()
    if edition is None:
        messages.info(request, french("Aucune édition ne reçoit de candidature pour l’instant."))
        return redirect("space-collectivity", code)
    return redirect("candidacy", code, edition.year)


@never_cache
@methods
def detail(request: HttpRequest, code: str, year: int) -> HttpResponse:
    candidacy = _found(request, code, year)
    if candidacy is None:
        return _start(request, code, year)
    if request.method != "POST":
        return page(request, candidacy)
    return _write(request, candidacy, request.POST)


@never_cache
@require_POST
def merge(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """What was chosen between two texts is written over the version shown; another one meanwhile shows both again."""
    candidacy = served_candidacy(request, code, year)
    return _write(request, candidacy, merged(request.POST, dossier(candidacy, None)))


@login_not_required
@never_cache
@require_POST
def autosave(request: HttpRequest, code: str, year: int) -> JsonResponse:
    """Saves while one types: JSON, never a redirect that a script would follow in silence."""
    if not request.user.is_authenticated or request.POST.get("account") != account_mark(request):
        return _no(401, SIGNED_OUT)
    try:
        return _autosaved(request, served_candidacy(request, code, year))
    except Http404:
        return _no(404, GONE)
    except Conflict as conflict:
        return _no(409, str(conflict))
    except Refused as refused:
        return _no(403, str(refused))


@never_cache
@methods
def sheets(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """The fiches that count: taken out, put forward."""
    candidacy = served_candidacy(request, code, year)
    if request.method != "POST":
        return sheets_page(request, candidacy)
    form = ChoicesForm(request.POST)
    try:
        _choose(request, candidacy, form)
    except Conflict:
        messages.error(request, french(BOTH_CHOICES))
        return sheets_page(request, candidacy, form, status=409)
    except Refused as refused:
        messages.error(request, french(str(refused)))
        return sheets_page(request, candidacy, form, status=422)
    messages.success(request, french("Le choix des fiches est enregistré."))
    return redirect("candidacy-sheets", code, year)


@never_cache
@require_safe
def check(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """One list of what is missing, the same for all, and the button that files."""
    return summary(request, served_candidacy(request, code, year))


def served_candidacy(request: HttpRequest, code: str, year: int) -> Candidacy:
    """The candidacy, by the door of the people's space; 404 for whoever may not act for its collectivité."""
    candidacy = _found(request, code, year)
    if candidacy is None:
        raise Http404
    return candidacy


def _found(request: HttpRequest, code: str, year: int) -> Candidacy | None:
    place = ("collectivity__departement", "collectivity__region", "edition__rulebook", "saved_by", "filed")
    rows = Candidacy.objects.served_by(request.user).select_related(*place).defer("filed__document")
    found: Candidacy | None = rows.filter(collectivity__code=code, edition__year=year).first()
    return found


def _choose(request: HttpRequest, candidacy: Candidacy, form: ChoicesForm) -> None:
    if not form.is_valid():
        raise Refused(INCOMPLETE)
    read = form.cleaned_data
    verbs.choose(
        candidacy,
        by=_person(request),
        version=read["version"],
        out=read["out"],
        flagships=read["flagship"],
    )


def _start(request: HttpRequest, code: str, year: int) -> HttpResponse:
    places = Collectivity.objects.served_by(request.user).select_related("departement", "region")
    collectivity = get_object_or_404(places, code=code)
    edition = get_object_or_404(Edition.objects.with_campaign().select_related("rulebook"), year=year)
    if request.method == "POST":
        try:
            verbs.start(edition, collectivity, by=_person(request))
        except Refused as refused:
            messages.error(request, french(str(refused)))
        return redirect("candidacy", code, year)
    return start_page(request, edition, collectivity)


def _write(request: HttpRequest, candidacy: Candidacy, data: QueryDict) -> HttpResponse:
    form, ticket = dossier(candidacy, data), TicketForm(data)
    if not ticket.is_valid():
        messages.error(request, french(INCOMPLETE))
        return page(request, candidacy, form, status=422)
    try:
        saved = _save(request, candidacy, form, ticket)
    except Conflict as conflict:
        return merge_page(request, cast("Candidacy", conflict.current), form, ticket)
    except Refused as refused:
        messages.error(request, french(str(refused)))
        return page(request, candidacy, form, status=403)
    if form.errors:
        return page(request, saved, form, status=422)
    place = "candidacy-check" if data.get("action") == "verifier" else "candidacy"
    messages.success(request, french("Le dossier est enregistré."))
    return redirect(place, saved.collectivity.code, saved.edition.year)


def _save(request: HttpRequest, candidacy: Candidacy, form: CandidacyForm, ticket: TicketForm) -> Candidacy:
    version = ticket.cleaned_data["version"]
    return verbs.save(candidacy, by=_person(request), version=version, facts=form.facts)


def _autosaved(request: HttpRequest, candidacy: Candidacy) -> JsonResponse:
    form, ticket = dossier(candidacy, request.POST), TicketForm(request.POST)
    if not ticket.is_valid():
        return _no(400, INCOMPLETE)
    saved = _save(request, candidacy, form, ticket)
    return JsonResponse(acknowledged(saved, form, questions_of(saved.edition, saved.category)))


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _no(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": french(sentence)}, status=status)
