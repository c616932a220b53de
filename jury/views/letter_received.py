"""The jury's letter in the space of the collectivité it was sent to: the page and the PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jury.queries.letter import answered_to, received_by
from jury.queries.letter_board import letter_in
from jury.queries.letter_document import file_name, letter_pdf, read


@never_cache
@require_safe
def detail(request: HttpRequest, code: str, year: int) -> HttpResponse:
    """404 for whoever does not serve the collectivité, and before the publication; between it and the sending, it says so."""
    found = answered_to(request.user)
    candidacy = get_object_or_404(found, collectivity__code=code, edition__year=year)
    letter = letter_in(candidacy)
    is_sent = letter is not None and letter.sent_at is not None
    words = {
        "letter": letter if is_sent else None,
        "facts": read(letter.document) if letter and is_sent else None,
        "collectivity": candidacy.collectivity,
        "edition": candidacy.edition,
    }
    return render(request, "jury/letter/received.html", words)


@never_cache
@require_safe
def document(request: HttpRequest, code: str, year: int) -> HttpResponse:
    found = received_by(request.user)
    letter = get_object_or_404(found, candidacy__collectivity__code=code, candidacy__edition__year=year)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(letter.document)}"'}
    content = letter_pdf(letter.document, made_at=letter.made_at, sent_at=letter.sent_at)
    return HttpResponse(content, content_type="application/pdf", headers=headers)
