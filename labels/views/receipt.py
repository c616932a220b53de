"""What was filed, as its receipt tells it: the page and the PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from labels.models import Candidacy, Snapshot
from labels.queries.clock import deadline_of
from labels.queries.receipt import receipt, receipt_pdf


@never_cache
@require_safe
def detail(request: HttpRequest, code: str, year: int, rank: int) -> HttpResponse:
    snapshot = _snapshot(request, code, year, rank)
    candidacy = snapshot.candidacy
    words = {
        "receipt": receipt(snapshot),
        "snapshot": snapshot,
        "candidacy": candidacy,
        "collectivity": candidacy.collectivity,
        "edition": candidacy.edition,
        "deadline": deadline_of(candidacy.edition, candidacy.collectivity),
        "counts": candidacy.filed_id == snapshot.pk,
    }
    return render(request, "labels/receipt/detail.html", words)


@never_cache
@require_safe
def document(request: HttpRequest, code: str, year: int, rank: int) -> HttpResponse:
    snapshot = _snapshot(request, code, year, rank)
    name = f"accuse-de-depot-{snapshot.number}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(receipt_pdf(snapshot), content_type="application/pdf", headers=headers)


@never_cache
@require_safe
def canonical(request: HttpRequest, code: str, year: int, rank: int) -> HttpResponse:
    """The very bytes whose SHA-256 the receipt tells: `sha256sum` of the file gives it again."""
    snapshot = _snapshot(request, code, year, rank)
    headers = {"Content-Disposition": f'attachment; filename="depot-{snapshot.number}.json"'}
    return HttpResponse(snapshot.document, content_type="application/json", headers=headers)


def _snapshot(request: HttpRequest, code: str, year: int, rank: int) -> Snapshot:
    mine = Candidacy.objects.served_by(request.user).filter(collectivity__code=code, edition__year=year)
    place = ("candidacy__collectivity__departement", "candidacy__edition__rulebook", "candidacy__filed")
    rows = Snapshot.objects.select_related(*place).defer("candidacy__filed__document")
    return get_object_or_404(rows, candidacy__in=mine, rank=rank)
