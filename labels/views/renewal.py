"""Last year's fiches of a collectivité in one table: still running, modified, ended, to be withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlaas.choices import Role
from atlaas.models import Collectivity, User
from atlaas.queries.right import right_on
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french, plural
from labels.choices import RenewalChoice
from labels.forms.renewal import RenewalForm
from labels.operations.renewal import Outcome, renew
from labels.queries.renewal import Board, Line, renewal_board
from labels.rules.renewal import window_of

PER_PAGE = 120  # fiches a screen: three fields each, under Django's limit of fields


@dataclass(frozen=True)
class Row:
    """A fiche on the screen: what is chosen for it, and the sentence that says what it still asks."""

    line: Line
    chosen: str = ""
    ended_on: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Sent:
    """What a person has just sent and is shown again: the form, and a sentence for each fiche that was left."""

    form: RenewalForm
    problems: Mapping[UUID, str]
    saved: int = 0
    status: int = 422


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """The people of the collectivité read; its valideurs answer."""
    collectivity = get_object_or_404(Collectivity.objects.served_by(request.user), code=code)
    if request.method != "POST":
        return _page(request, collectivity)
    form = RenewalForm(request.POST)
    if not form.is_valid():
        return _page(request, collectivity, Sent(form, {}))
    board = _board(collectivity)
    answers, asked = form.answers({line.public.pk: line for line in board.waiting})
    try:
        outcome = renew(collectivity, answers, window=window_of(_year()), by=_person(request))
    except Refused as refused:
        messages.error(request, str(refused))
        return _page(request, collectivity, Sent(form, {}, status=403))
    _keep_modified(request, form)
    return _after(request, collectivity, form, outcome, asked)


def _after(
    request, collectivity, form: RenewalForm, outcome: Outcome, asked: dict[UUID, str]
) -> HttpResponse:
    changed = dict.fromkeys(
        outcome.changed, "Cette fiche a changé depuis que vous l’avez lue : relisez-la, puis répondez."
    )
    problems = asked | outcome.refused | changed
    if problems:
        sent = Sent(form, problems, len(outcome.done), 409 if changed else 422)
        return _page(request, collectivity, sent)
    if outcome.done:
        done = plural(len(outcome.done), "fiche a sa réponse", "fiches ont leur réponse")
        messages.success(request, french(f"{done} : c’est enregistré."))
    elif not outcome.already and not form.cleaned_data["ouvrir"]:
        messages.info(request, french("Aucune réponse n’était choisie : rien n’a changé."))
    here = reverse("renewal", args=[collectivity.code])
    if pk := form.cleaned_data["ouvrir"]:
        return redirect(f"{reverse('sheet-edit', args=[collectivity.code, pk])}?retour={here}")
    return redirect(here)


def _page(request: HttpRequest, collectivity: Collectivity, sent: Sent | None = None) -> HttpResponse:
    board = _board(collectivity)
    page = Paginator(board.waiting, PER_PAGE).get_page(request.GET.get("page"))
    right = right_on(collectivity, _person(request))
    words = {
        "collectivity": collectivity,
        "board": board,
        "year": _year(),
        "page": page,
        "rows": _rows(request, page, sent),
        "sent": sent,
        "may_answer": right is not None and right.covers(Role.PUBLISHER),
        "choices": RenewalChoice,
    }
    return render(request, "labels/renewal/detail.html", words, status=sent.status if sent else 200)


def _rows(request: HttpRequest, page: Page[Line], sent: Sent | None) -> Sequence[Row]:
    modified = request.session.get(_key(), [])
    return [_row(line, sent, str(line.public.pk) in modified) for line in page]


def _row(line: Line, sent: Sent | None, is_modified: bool) -> Row:
    kept = RenewalChoice.MODIFIED if is_modified else ""
    if sent is None:
        return Row(line, kept)
    pk = line.public.pk
    ended_on = sent.form.data.get(f"fin-{pk}", "")
    return Row(line, sent.form.chosen(pk) or kept, ended_on, sent.problems.get(pk, ""))


def _keep_modified(request: HttpRequest, form: RenewalForm) -> None:
    """Remember which fiches the person means to modify: they come back from the editor to the same choices."""
    kept = set(request.session.get(_key(), [])) - {str(pk) for pk in form.read}
    kept |= {str(pk) for pk in form.read if form.chosen(pk) == RenewalChoice.MODIFIED}
    if form.cleaned_data["ouvrir"]:
        kept.add(str(form.cleaned_data["ouvrir"]))
    request.session[_key()] = sorted(kept)


def _person(request: HttpRequest) -> User:
    """Somebody signed in: the door of the collectivité shows nothing to others."""
    return cast("User", request.user)


def _key() -> str:
    return f"renewal-{_year()}-modified"


def _board(collectivity: Collectivity) -> Board:
    return renewal_board(collectivity, window_of(_year()), timezone.localdate())


def _year() -> int:
    return timezone.localdate().year
