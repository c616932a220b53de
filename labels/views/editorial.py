"""Organisers type the signed texts of a press kit, order them, and see it before it is public."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from atlaas.models import User
from atlaas.permissions import is_organiser
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from atlaas.tasks import wake
from labels.choices import Coverage
from labels.forms.editorial import EditorialBlockForm
from labels.models import Edition, EditorialBlock
from labels.operations import editorial as verbs
from labels.queries.clock import now
from labels.queries.mark import mark_of
from labels.queries.press_kit import document_of
from labels.rules.freeze import why_frozen

ACTIONS = {"monter": verbs.raise_block, "descendre": verbs.lower_block, "retirer": verbs.drop_block}
methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@require_safe
def index(request: HttpRequest, year: int) -> HttpResponse:
    edition = _edition(request, year)
    blocks = list(edition.editorial_blocks.order_by("kind", "position", "pk"))
    words = {"edition": edition, "blocks": blocks, "why": _why(edition)}
    return render(request, "labels/press_kit/board.html", words)


@never_cache
@require_safe
def preview(request: HttpRequest, year: int) -> HttpResponse:
    """The page as it will be read, whatever is published yet."""
    edition = _edition(request, year)
    words = {"edition": edition, "kit": document_of(edition), "is_preview": True}
    return render(request, "labels/press_kit/detail.html", words)


@never_cache
@methods
def new(request: HttpRequest, year: int) -> HttpResponse:
    edition = _edition(request, year)
    form = EditorialBlockForm(
        request.POST or None, edition=edition, initial={"kind": request.GET.get("nature")}
    )
    return _answer(request, edition, form)


@never_cache
@methods
def detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Change it; or, by the buttons of the list, move it or take it out."""
    edition = _edition(request, year)
    block = get_object_or_404(edition.editorial_blocks, pk=pk)
    verb = ACTIONS.get(request.POST.get("action", ""))
    if verb is None:
        return _answer(
            request, edition, EditorialBlockForm(request.POST or None, instance=block, edition=edition)
        )
    try:
        verb(edition, block, _person(request))
    except Refused as refused:
        messages.error(request, french(str(refused)))
        return redirect("press-kit-board", year)
    return _done(request, edition)


def _answer(request: HttpRequest, edition: Edition, form: EditorialBlockForm) -> HttpResponse:
    """Written, and back; else the same page, with both texts (409) when somebody else wrote meanwhile."""
    if not form.is_bound or not form.is_valid():
        return _shown(request, edition, form)
    try:
        verbs.save_block(edition, form.instance, _person(request), read=form.cleaned_data["read"])
    except Conflict as conflict:
        form.reread(mark_of(conflict.current))
        stored = EditorialBlockForm(instance=cast("EditorialBlock", conflict.current), edition=edition)
        return _shown(request, edition, form, conflict=str(conflict), differing=form.differing(stored))
    except Refused as refused:
        form.add_error(None, french(str(refused)))
        return _shown(request, edition, form)
    return _done(request, edition)


def _done(request: HttpRequest, edition: Edition) -> HttpResponse:
    wake()
    messages.success(request, french("C’est enregistré. Le PDF suit dans la minute."))
    return redirect("press-kit-board", edition.year)


def _shown(request: HttpRequest, edition: Edition, form: EditorialBlockForm, **both: object) -> HttpResponse:
    words = {"edition": edition, "form": form, "block": form.instance, "why": _why(edition)}
    status = 422 if form.errors else 409 if both else 200
    return render(request, "labels/press_kit/block.html", words | both, status=status)


def _why(edition: Edition) -> str:
    return why_frozen(
        "editorialblock", opens_at=edition.opens_at, published_at=edition.published_at, at=now()
    )


def _edition(request: HttpRequest, year: int) -> Edition:
    """404 for whoever is not of the association's team; an edition that a file brought has one too."""
    if not is_organiser(_person(request)):
        raise Http404
    editions = Edition.objects.filter(coverage=Coverage.COMPLETE)
    edition: Edition = get_object_or_404(editions.select_related("rulebook", "statistics_run"), year=year)
    return edition


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
