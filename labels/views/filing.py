"""The buttons of a candidacy around its deadline; the instant at which a request arrived is asked before anything else."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from atlaas.models import Collectivity, User
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from atlaas.tasks import wake
from labels.models import Candidacy, Edition
from labels.operations import filing
from labels.queries.clock import deadline_of, now

BIGGEST = 32_767  # of the column of ranks; no dossier has so many versions


@require_POST
def file(request: HttpRequest, code: str, year: int) -> HttpResponse:
    arrived_at = now()
    candidacy, by = _candidacy(request, code, year), _person(request)
    try:
        snapshot = filing.file(
            candidacy,
            by=by,
            arrived_at=arrived_at,
            rank=_number(request, "rank"),
            version=_number(request, "version"),
        )
    except filing.Incomplete as refused:
        messages.error(request, french(str(refused)))
        return redirect("candidacy-check", code, year)
    except Refused as refused:
        return _refused(request, refused, code, year)
    wake()
    return redirect("receipt", code, year, snapshot.rank)


@require_POST
def correct(request: HttpRequest, code: str, year: int) -> HttpResponse:
    return _step(
        request, code, year, filing.correct, "Le dossier est rouvert ; le dépôt précédent reste valable."
    )


@require_POST
def keep(request: HttpRequest, code: str, year: int) -> HttpResponse:
    def step(candidacy: Candidacy, *, by: User, arrived_at: datetime) -> Candidacy:
        return filing.keep(candidacy, by=by)

    return _step(request, code, year, step, "Le dépôt précédent est gardé : c’est lui que le jury lira.")


@require_POST
def withdraw(request: HttpRequest, code: str, year: int) -> HttpResponse:
    return _step(
        request, code, year, filing.withdraw, "La candidature est retirée ; vos fiches restent publiées."
    )


@require_POST
def resume(request: HttpRequest, code: str, year: int) -> HttpResponse:
    return _step(request, code, year, filing.resume, "La candidature est reprise : elle reste à déposer.")


@never_cache
@require_safe
def clock(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """What the countdown asks when a tab wakes up: the server's hour, and the end, which an extension may have moved."""
    collectivity = get_object_or_404(Collectivity.objects.served_by(request.user).with_place(), code=code)
    edition = get_object_or_404(Edition.objects.with_campaign().select_related("rulebook"), year=year)
    deadline = deadline_of(edition, collectivity)
    return JsonResponse({"now": deadline.now.isoformat(), "end": deadline.end.isoformat()})


def _step(
    request: HttpRequest, code: str, year: int, step: Callable[..., Candidacy], done: str
) -> HttpResponse:
    arrived_at = now()
    candidacy = _candidacy(request, code, year)
    try:
        step(candidacy, by=_person(request), arrived_at=arrived_at)
    except Refused as refused:
        return _refused(request, refused, code, year)
    wake()
    messages.success(request, french(done))
    return redirect("candidacy", code, year)


def _refused(request: HttpRequest, refused: Refused, code: str, year: int) -> HttpResponse:
    messages.error(request, french(str(refused)))
    return redirect("candidacy", code, year)


def _candidacy(request: HttpRequest, code: str, year: int) -> Candidacy:
    rows = Candidacy.objects.served_by(request.user)
    return get_object_or_404(rows, collectivity__code=code, edition__year=year)


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)


def _number(request: HttpRequest, name: str) -> int | None:
    """The filing, or the version, that the form announced; None when it does not."""
    told = request.POST.get(name, "")
    is_read = told.isascii() and told.isdigit() and len(told) < 6 and int(told) <= BIGGEST
    return int(told) if is_read else None
