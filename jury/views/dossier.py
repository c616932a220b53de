"""A juror reads: the list of their dossiers, one dossier as it was filed, one of its fiches."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jury.forms.dossier import ShelfForm
from jury.models import Juror
from jury.queries.door import judged_by
from jury.queries.dossier import past_of, shelf_rows, standing_of
from jury.queries.evaluation import panel_of
from jury.queries.progress import progress_of
from jury.rules.comparison import compared, sheet_change
from jury.rules.dossier import Dossier, by_enjeu, read
from jury.rules.self_assessment import proposed
from jury.views.seat import seat
from labels.models import Candidacy

PER_PAGE = 50


@never_cache
@require_safe
def shelf(request: HttpRequest, year: int) -> HttpResponse:
    own, form = seat(request, year), ShelfForm(request.GET)
    words = {
        "seat": own,
        "edition": own.edition,
        "form": form,
        "progress": progress_of(own),
        "page": Paginator(shelf_rows(own, form.criteria()), PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "jury/dossier/list.html", words)


@never_cache
@require_safe
def detail(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    own = seat(request, year)
    candidacy, form = _judged(own, pk), ShelfForm(request.GET)
    words = _words(own, candidacy, asks_whole=request.GET.get("vue") == "tout")
    words |= _place(own, candidacy) | {"standing": standing_of(own, candidacy, form.criteria())}
    words |= {"panel": panel_of(own, candidacy)}
    return render(request, "jury/dossier/detail.html", words)


@never_cache
@require_safe
def sheet(request: HttpRequest, year: int, pk: UUID, sheet: UUID) -> HttpResponse:
    """A fiche as it was filed, whole, and what changed in it."""
    own = seat(request, year)
    candidacy = _judged(own, pk)
    dossier, before = _filed(candidacy), past_of(own, candidacy).dossier
    found = dossier.sheets.get(str(sheet))
    if found is None:
        raise Http404
    words = {
        "before": before,
        "change": sheet_change(before, dossier, found),
        "facts": found.facts(dossier.service_names),
    }
    return render(request, "jury/dossier/sheet.html", _place(own, candidacy) | words)


def _judged(own: Juror, pk: UUID) -> Candidacy:
    """Through the one door: 404 for what this juror may not know of."""
    rows = judged_by(own).select_related(
        "edition", "collectivity__region", "collectivity__departement", "filed"
    )
    return get_object_or_404(rows, pk=pk)


def _filed(candidacy: Candidacy) -> Dossier:
    """What the door lets through was filed; nothing else is ever read here."""
    return read(candidacy.filed.document if candidacy.filed else "{}")


def _place(own: Juror, candidacy: Candidacy) -> dict[str, object]:
    return {
        "seat": own,
        "edition": own.edition,
        "candidacy": candidacy,
        "collectivity": candidacy.collectivity,
    }


def _words(own: Juror, candidacy: Candidacy, *, asks_whole: bool) -> dict[str, object]:
    """What the document tells: beside the one before, or whole when that is asked or there is none."""
    dossier, past = _filed(candidacy), past_of(own, candidacy)
    words = {
        "dossier": dossier,
        "mosaic": dossier.mosaic,
        "before": past.dossier,
        "awards": past.awards,
        "proposal": proposed(dossier),
    }
    if past.dossier is None or asks_whole:
        return words | {"enjeux": by_enjeu(dossier)}
    return words | {"comparison": compared(past.dossier, dossier)}
