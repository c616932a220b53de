"""Saves while one types: JSON in the words of the screen, and never a redirect that a script would follow in silence."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from atlaas.forms.sheet import SheetForm, TicketForm, centre_of, content_of_form
from atlaas.models import Sheet
from atlaas.queries.sheet_desk import stored_services
from atlaas.rules.contact import looks_personal
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.sheet_merge import marks
from atlaas.rules.text import french
from atlaas.views.context import account_mark
from atlaas.views.sheet import INCOMPLETE, served_collectivity, served_sheet, write
from atlaas.views.sheet_page import blank, clock

SIGNED_OUT = "Vous n’êtes plus connecté : le texte est gardé sur cet appareil, reconnectez-vous."
GONE = "Cette fiche n’est plus accessible : elle a été supprimée, ou vous n’êtes plus rattaché à la collectivité."
PERSONAL = "Cette adresse semble être celle d’une personne : une boîte partagée survit aux départs."


@login_not_required
@never_cache
@require_POST
def fresh(request: HttpRequest, code: str) -> JsonResponse:
    """The first save of a new fiche; the key of the draft makes a retry harmless."""
    return _answer(request, lambda: blank(served_collectivity(request, code)))


@login_not_required
@never_cache
@require_POST
def existing(request: HttpRequest, code: str, pk: UUID) -> JsonResponse:
    return _answer(request, lambda: served_sheet(request, code, pk))


def _answer(request: HttpRequest, fetch) -> JsonResponse:
    """401 also when somebody else is signed in now: the text of one account is never written by another."""
    if not request.user.is_authenticated or request.POST.get("account") != account_mark(request):
        return _no(401, SIGNED_OUT)
    try:
        return _write(request, fetch())
    except Http404:
        return _no(404, GONE)
    except Conflict as conflict:
        return _no(409, str(conflict))
    except Refused as refused:
        return _no(403, str(refused))


def _write(request: HttpRequest, sheet: Sheet) -> JsonResponse:
    form, ticket = SheetForm(request.POST, centre=centre_of(sheet.collectivity)), TicketForm(request.POST)
    if not ticket.is_valid():
        return _no(400, INCOMPLETE)
    collectivity = sheet.collectivity
    saved = write(request, sheet, form, ticket)
    stored = stored_services(saved) if form.chosen is None else form.chosen
    return JsonResponse(
        {
            "version": saved.version,
            "saved_at": clock(saved.saved_at),
            "url": reverse("sheet-edit", args=[collectivity.code, saved.pk]),
            "autosave": reverse("sheet-autosave", args=[collectivity.code, saved.pk]),
            "base": marks(content_of_form(saved, stored)),
            "unkept": {name: french(sentence) for name, sentence in form.unkept.items()},
            "remark": french(PERSONAL) if looks_personal(saved.contact_email) else "",
        }
    )


def _no(status: int, sentence: str) -> JsonResponse:
    return JsonResponse({"sentence": french(sentence)}, status=status)
