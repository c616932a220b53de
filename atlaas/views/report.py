from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlaas.forms.moderation import ReportForm
from atlaas.models import PublicSheet
from atlaas.operations import moderation
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french

SENT = "reports-sent"  # how many this session has sent; the address of nobody's machine is kept
MOST_A_SESSION = 5


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Anyone says what is wrong with a public fiche."""
    rows = PublicSheet.objects.visible_to(request.user).select_related("collectivity", "sheet")
    public = get_object_or_404(rows, pk=pk)
    form, problem = ReportForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        problem = _send(request, public, form)
        if not problem:
            messages.success(request, french("Merci : l’association est prévenue."))
            return redirect("sheet", pk=public.pk)
    words = {"public": public, "form": form, "problem": problem}
    status = 422 if request.method == "POST" else 200
    return render(request, "atlaas/moderation/report.html", words, status=status)


def _send(request: HttpRequest, public: PublicSheet, form: ReportForm) -> str:
    """The sentence that says why it was not sent, or nothing; a robot that fills the trap is thanked and not heard."""
    sent = request.session.get(SENT, 0)
    if form.is_trapped:
        return ""
    if sent >= MOST_A_SESSION:
        return "Vous avez déjà envoyé plusieurs signalements : l’association les lit d’abord."
    try:
        moderation.report(public, message=form.cleaned_data["message"], email=form.cleaned_data["email"])
    except Refused as refusal:
        return str(refusal)
    request.session[SENT] = sent + 1
    return ""
