"""Correct a line of a sealed palmarès: one page to choose it, one to write it with its reason."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import fold, french
from atlaas.tasks import wake
from atlaas.views.attempt import person
from jury.forms.correction import CorrectionForm
from jury.queries.correction import correctable_by
from jury.views.juror import edition_of
from labels.models import Award, MentionTheme
from labels.operations.correction import correct
from labels.queries.seal import changeable

PER_PAGE = 50


@never_cache
@require_safe
def choice(request: HttpRequest, year: int) -> HttpResponse:
    edition, asked = edition_of(request, year), request.GET.get("q", "").replace("\x00", "")
    rows = correctable_by(person(request), edition)
    if asked:
        rows = rows.filter(collectivity__sort_key__contains=fold(asked))
    words = {
        "edition": edition,
        "asked": asked,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "jury/correction/list.html", words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    edition = edition_of(request, year)
    award = get_object_or_404(correctable_by(person(request), edition), pk=pk)
    form = _form(award, request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = _corrected(request, award, form)
        if status == 200:
            return redirect("seal-board", year)
    words = {"edition": edition, "award": award, "form": form}
    return render(request, "jury/correction/detail.html", words, status=status)


def _corrected(request: HttpRequest, award: Award, form: CorrectionForm) -> int:
    """The status to answer: 200 once written."""
    if not form.is_valid():
        return 422
    read = form.cleaned_data
    try:
        correct(award, form.told(), version=read["version"], reason=read["reason"], by=person(request))
    except Refused as refused:
        form.add_error(None, french(str(refused)))
        return 409 if isinstance(refused, Conflict) else 422
    messages.success(request, french("La correction est écrite : elle paraît avec le palmarès."))
    wake()
    return 200


def _form(award: Award, data: object) -> CorrectionForm:
    themes = MentionTheme.objects.filter(edition=award.edition_id).order_by("name")
    initial = changeable(award) | {"version": award.version}
    return CorrectionForm(data, initial=initial, themes=list(themes.values_list("slug", "name")))
