"""The president settles what two jurors say the contrary of, before the letters are written; nobody is named."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from atlaas.views.attempt import person
from jury.models import Juror
from jury.queries.contradiction import waiting_for
from jury.queries.letter import PLACE, contradictions_of, readable_by
from jury.queries.letter_board import letter_in, next_to_settle
from jury.views.letter import settle_as_typed
from jury.views.progress import presiding
from labels.models import Candidacy


@never_cache
@require_safe
def shelf(request: HttpRequest, year: int) -> HttpResponse:
    own = presiding(request, year)
    words = {"seat": own, "edition": own.edition, "waiting": waiting_for(own)}
    return render(request, "jury/contradiction/list.html", words)


@never_cache
@require_safe
def detail(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    own, candidacy = _place(request, year, pk)
    words = {
        "seat": own,
        "edition": own.edition,
        "candidacy": candidacy,
        "letter": letter_in(candidacy),
        "contradictions": contradictions_of(candidacy),
        "settle_at": reverse("jury-contradiction-settle", args=[year, pk]),
        "next": next_to_settle(own.edition, person(request), candidacy),
    }
    return render(request, "jury/contradiction/detail.html", words)


@require_POST
def settling(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    _, candidacy = _place(request, year, pk)
    settle_as_typed(request, candidacy)
    return redirect("jury-contradiction", year, pk)


def _place(request: HttpRequest, year: int, pk: UUID) -> tuple[Juror, Candidacy]:
    """The president and one dossier whose remarks they may read: not one they are tied to, nor one they have still to judge."""
    own = presiding(request, year)
    rows = readable_by(person(request), own.edition).select_related("letter", *PLACE)
    return own, get_object_or_404(rows, pk=pk)
