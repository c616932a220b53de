"""The minutes: read, signed, corrected; as a page, as JSON, as PDF. Only once the sitting is closed."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from atlaas.views.attempt import attempt, person
from jury.choices import SittingState
from jury.forms.item import DecisionForm
from jury.models import Item, Juror, Sitting
from jury.operations import minutes as verbs
from jury.queries.minutes import may_sign, minutes_pdf, point_lines, read_minutes
from jury.queries.room import agenda_of
from jury.views.juror import edition_of
from jury.views.seat import seat
from labels.models import Edition, MentionTheme


@never_cache
@require_safe
def detail(request: HttpRequest, year: int) -> HttpResponse:
    own = seat(request, year)
    return _page(request, _closed(own.edition), own)


@never_cache
@require_safe
def plain(request: HttpRequest, year: int) -> HttpResponse:
    """The document itself; whole, its canonical form has the digest that is signed."""
    sitting = _closed(seat(request, year).edition)
    document = read_minutes(sitting, person(request)).document
    name = f"proces-verbal-{year}.json"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return JsonResponse(document, headers=headers, json_dumps_params={"ensure_ascii": False})


@never_cache
@require_safe
def document(request: HttpRequest, year: int) -> HttpResponse:
    return _pdf(request, _closed(seat(request, year).edition))


@never_cache
@require_safe
def for_organisers(request: HttpRequest, year: int) -> HttpResponse:
    """The PDF, once the president signed it; an organiser who is a juror too reads it as one."""
    sitting = _closed(edition_of(request, year))
    if not read_minutes(sitting, person(request)).is_signed:
        raise Http404
    return _pdf(request, sitting)


@require_POST
def signing(request: HttpRequest, year: int) -> HttpResponse:
    own = seat(request, year)
    read = request.POST.get("read", "")
    attempt(
        request,
        lambda: verbs.sign(own.edition, read=read, by=person(request)),
        "Vous avez signé le procès-verbal.",
    )
    return redirect("jury-minutes", year)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """The decision as it stands, to be written anew with a reason; what was typed stays when it is refused."""
    own = seat(request, year)
    sitting = _closed(own.edition)
    if not may_sign(sitting, own):
        raise Http404
    item = get_object_or_404(agenda_of(own).prefetch_related("mentions"), pk=pk, sitting=sitting)
    form = _form(item, request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = _corrected(request, item, form)
        if status == 200:
            return redirect("jury-minutes", year)
    words = {"seat": own, "edition": own.edition, "item": item, "form": form}
    return render(request, "jury/minutes/correction.html", words, status=status)


def _corrected(request: HttpRequest, item: Item, form: DecisionForm) -> int:
    """The status to answer: 200 once written."""
    if not form.is_valid():
        return 422
    version = form.cleaned_data["version"]
    try:
        verbs.correct(item, form.decision(), version=version, by=person(request))
    except Refused as refused:
        form.add_error(None, french(str(refused)))
        return 409 if isinstance(refused, Conflict) else 422
    return 200


def _form(item: Item, data: object) -> DecisionForm:
    themes = MentionTheme.objects.filter(edition=item.candidacy.edition_id).order_by("name")
    names = ("version", "level", "votes_for", "votes_against", "abstentions", "is_ten")
    first = {name: getattr(item, name) for name in names}
    first["mentions"] = [one.slug for one in item.mentions.all()]
    return DecisionForm(data, initial=first, themes=list(themes.values_list("slug", "name")))


def _closed(edition: Edition) -> Sitting:
    rows = Sitting.objects.select_related("edition__rulebook")
    return get_object_or_404(rows, edition=edition, state=SittingState.CLOSED)


def _pdf(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    made = minutes_pdf(sitting, read_minutes(sitting, person(request)))
    name = f"proces-verbal-{sitting.edition.year}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _page(request: HttpRequest, sitting: Sitting, own: Juror) -> HttpResponse:
    read = read_minutes(sitting, person(request))
    signs = may_sign(sitting, own)
    keys = dict(agenda_of(own).values_list("candidacy", "pk")) if signs else {}
    points = [
        one
        | {"told": point_lines(one), "item": {str(key): pk for key, pk in keys.items()}.get(one["dossier"])}
        for one in read.words["points"]
    ]
    words = {
        "seat": own,
        "edition": own.edition,
        "sitting": sitting,
        "read": read,
        "points": points,
        "signs": signs,
        "has_signed": any(one.by_id == own.user_id for one in read.signatures),
    }
    return render(request, "jury/minutes/detail.html", words)
