"""Organisers write the rulebook, the grid, the questionnaire, the themes and the mails of an edition."""

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlaas.models import User
from atlaas.permissions import is_organiser
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from labels.choices import EditionMail
from labels.forms.edition_parts import (
    CriterionForm,
    MailForm,
    PartForm,
    QuestionForm,
    RulebookForm,
    SectionForm,
    ThemeForm,
)
from labels.models import Criterion, Edition, MentionTheme, Question, Section
from labels.operations import edition_parts as verbs
from labels.queries.clock import now
from labels.rules.freeze import why_frozen
from labels.rules.mail_words import DEFAULTS

# The word of the address → what it is called, its form, and how its rows belong to an edition.
PARTS: dict[str, tuple[str, type[PartForm], Callable[[Edition], Any]]] = {
    "criteres": ("Un critère", CriterionForm, lambda one: Criterion.objects.filter(edition=one)),
    "sections": ("Une section", SectionForm, lambda one: Section.objects.filter(edition=one)),
    "questions": ("Une question", QuestionForm, lambda one: Question.objects.filter(section__edition=one)),
    "themes": ("Un thème de mention", ThemeForm, lambda one: MentionTheme.objects.filter(edition=one)),
}
methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@methods
def rulebook(request: HttpRequest, year: int) -> HttpResponse:
    edition = _edition(request, year)
    form = RulebookForm(_sent(request), instance=edition.rulebook)

    def act() -> None:
        verbs.set_rulebook(edition, form.cleaned_data, _person(request))

    return _done(request, edition, form, act) or _shown(request, edition, form, "Le règlement")


@never_cache
@methods
def new(request: HttpRequest, year: int, part: str) -> HttpResponse:
    edition = _edition(request, year)
    name, kind, _ = PARTS[part]
    form = kind(_sent(request), edition=edition, initial={"section": request.GET.get("section", "")})

    def act() -> None:
        verbs.save_part(edition, form.instance, _person(request))

    return _done(request, edition, form, act) or _shown(request, edition, form, name)


@never_cache
@methods
def detail(request: HttpRequest, year: int, part: str, pk: int) -> HttpResponse:
    """Change it; or, by the buttons under it, move it up or take it out."""
    edition = _edition(request, year)
    name, kind, rows = PARTS[part]
    row = get_object_or_404(rows(edition), pk=pk)
    verb = {"monter": verbs.raise_part, "retirer": verbs.drop_part}.get(request.POST.get("action", ""))
    if verb is not None:
        return _act(request, edition, lambda: verb(edition, row, _person(request)))
    form = kind(_sent(request), instance=row, edition=edition)

    def act() -> None:
        verbs.save_part(edition, form.instance, _person(request))

    return _done(request, edition, form, act) or _shown(request, edition, form, name, row=row, part=part)


@never_cache
@methods
def mail(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    edition = _edition(request, year)
    if kind not in EditionMail.values:
        raise Http404
    if request.POST.get("action") == "origine":
        return _act(request, edition, lambda: verbs.forget_mail(edition, kind, _person(request)))
    stored = edition.mails.filter(kind=kind).first()
    subject, body = (stored.subject, stored.body) if stored else DEFAULTS[kind]
    form = MailForm(_sent(request), kind=kind, initial={"subject": subject, "body": body})

    def act() -> None:
        read = form.cleaned_data
        verbs.set_mail(edition, kind, read["subject"], read["body"], _person(request))

    name = f"Courriel : {EditionMail(kind).label}"
    return _done(request, edition, form, act) or _shown(request, edition, form, name, stored=stored)


def _done(request: HttpRequest, edition: Edition, form: Any, act: Callable[[], None]) -> HttpResponse | None:
    """The way back once it is written; None when the page has to be shown (again)."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        act()
    except Refused as refused:
        form.add_error(None, french(str(refused)))
        return None
    return _back(request, edition)


def _act(request: HttpRequest, edition: Edition, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, french(str(refused)))
        return redirect("edition-setup", edition.year)
    return _back(request, edition)


def _back(request: HttpRequest, edition: Edition) -> HttpResponse:
    messages.success(request, french("C’est enregistré."))
    return redirect("edition-setup", edition.year)


def _shown(
    request: HttpRequest,
    edition: Edition,
    form: MailForm | PartForm | RulebookForm,
    name: str,
    **more: object,
) -> HttpResponse:
    words = {"edition": edition, "form": form, "name": french(name), "why": _why(edition, form)} | more
    return render(request, "labels/edition/part.html", words, status=422 if form.errors else 200)


def _why(edition: Edition, form: MailForm | PartForm | RulebookForm) -> str:
    """Why what this form writes no longer changes; empty while it may."""
    part = "editionmailtext" if isinstance(form, MailForm) else str(form._meta.model._meta.model_name)  # noqa: SLF001
    return why_frozen(part, opens_at=edition.opens_at, published_at=edition.published_at, at=now())


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _edition(request: HttpRequest, year: int) -> Edition:
    """404 for whoever is not of the association's team."""
    if not is_organiser(_person(request)):
        raise Http404
    return get_object_or_404(Edition.objects.with_campaign().select_related("rulebook"), year=year)


def _person(request: HttpRequest) -> User:
    return cast("User", request.user)
