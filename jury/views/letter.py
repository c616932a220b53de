"""The association's screens of the letters: what is left to settle, each letter before it leaves, the sending."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from atlaas.rules.text import french
from atlaas.views.attempt import attempt, person
from jury.forms.letter import LetterFilterForm, SettlementForm
from jury.operations import letter as verbs
from jury.queries import letter as stored
from jury.queries import letter_board as listed
from jury.queries.letter_document import file_name, letter_pdf, read
from jury.views.juror import edition_of
from labels.models import Candidacy, Edition

PER_PAGE = 50


@never_cache
@require_safe
def board(request: HttpRequest, year: int) -> HttpResponse:
    edition, form = edition_of(request, year), LetterFilterForm(request.GET)
    seats = stored.seats_in(edition, person(request))
    waiting = stored.unsettled(edition)
    rows = listed.letters_of(edition, seats, waiting)
    is_kept = stored.is_kept_from_some(seats)
    words = {
        "edition": edition,
        "form": form,
        "page": Paginator(listed.chosen(rows, form.criteria()), PER_PAGE).get_page(request.GET.get("page")),
        "figures": listed.figures_of(rows),
        "job": listed.at_work(edition, (verbs.PREPARE, verbs.MAILS)),
        "is_kept": is_kept,
        "why": "" if is_kept else listed.held_back(edition, waiting),
    }
    return render(request, "jury/letter/board.html", words)


@never_cache
@require_safe
def detail(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    edition, candidacy = _place(request, year, pk)
    letter, document = listed.letter_in(candidacy), _document(edition, candidacy)
    words = {
        "edition": edition,
        "candidacy": candidacy,
        "letter": letter,
        "facts": read(document),
        "contradictions": stored.contradictions_of(candidacy),
        "settle_at": reverse("letter-settle", args=[year, pk]),
        "next": listed.next_to_settle(edition, person(request), candidacy),
    }
    return render(request, "jury/letter/detail.html", words)


@never_cache
@require_safe
def document(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    edition, candidacy = _place(request, year, pk)
    letter, text = listed.letter_in(candidacy), _document(edition, candidacy)
    made, sent = (letter.made_at, letter.sent_at) if letter else (timezone.now(), None)
    headers = {"Content-Disposition": f'attachment; filename="{file_name(text)}"'}
    content = letter_pdf(text, made_at=made, sent_at=sent)
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
def settling(request: HttpRequest, year: int, pk: UUID) -> HttpResponse:
    _, candidacy = _place(request, year, pk)
    settle_as_typed(request, candidacy)
    return redirect("letter-preview", year, pk)


def settle_as_typed(request: HttpRequest, candidacy: Candidacy) -> None:
    """Settle one enjeu of a dossier as the form says, or tell why not."""
    form = SettlementForm(request.POST)
    if not form.is_valid():
        messages.error(request, french(str(next(iter(form.errors.values()))[0])))
        return
    read_as = form.cleaned_data
    done = f"{read_as['enjeu']} : c’est tranché."
    attempt(request, lambda: verbs.settle(candidacy, **read_as, by=person(request)), done)


@require_POST
def preparation(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_of(request, year)
    done = "Les lettres se préparent : rechargez la page dans un instant."
    attempt(request, lambda: verbs.prepare(edition, by=person(request)), done)
    return redirect("letter-board", year)


@require_POST
def sending(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_of(request, year)
    done = "Les lettres sont envoyées : chaque collectivité lit la sienne dans son espace, et les courriels partent."
    attempt(request, lambda: verbs.send(edition, by=person(request)), done)
    return redirect("letter-board", year)


@require_POST
def mailing(request: HttpRequest, year: int) -> HttpResponse:
    edition = edition_of(request, year)
    done = "Les courriels qui attendaient partent."
    attempt(request, lambda: verbs.mail_again(edition, by=person(request)), done)
    return redirect("letter-board", year)


def _place(request: HttpRequest, year: int, pk: UUID) -> tuple[Edition, Candidacy]:
    """A dossier whose letter the person may read; one they are tied to does not exist."""
    edition = edition_of(request, year)
    rows = stored.readable_by(person(request), edition).select_related("letter", *stored.PLACE)
    return edition, get_object_or_404(rows, pk=pk)


def _document(edition: Edition, candidacy: Candidacy) -> str:
    """The letter as it is prepared, or as it would be."""
    letter = listed.letter_in(candidacy)
    return letter.document if letter else stored.drafts(edition, [candidacy])[candidacy.pk].document
