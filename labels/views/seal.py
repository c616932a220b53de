"""What was sealed of a palmarès: before its hour the digest and nothing else, afterwards the file that anyone may check."""

import json

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from labels.models import Edition, Seal
from labels.queries.seal import commitment
from labels.rules.edition import number


def promised(request: HttpRequest, year: int) -> HttpResponse:
    """The page of an edition that is sealed and not public; 404 of any other."""
    seal = commitment(year)
    if seal is None:
        raise Http404
    words = {"seal": seal, "edition": seal.edition, "number": number(year)}
    return render(request, "labels/palmares/sealed.html", words)


@login_not_required
@require_safe
def bundle(request: HttpRequest, year: int) -> HttpResponse:
    """The bundle, once public: without who scored what, of which it holds the digest."""
    edition = get_object_or_404(Edition.objects.visible_to(request.user), year=year)
    seal = get_object_or_404(Seal.objects.defer("annex"), edition=edition)
    return sealed_file(year, {"sha256": seal.sha256, "bundle": json.loads(seal.bundle)})


def sealed_file(year: int, facts: dict[str, object]) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="palmares-{year}-scelle.json"'}
    return JsonResponse(facts, headers=headers, json_dumps_params={"ensure_ascii": False})
