"""Organisers write the rulebook, the grid, the questionnaire, the themes and the mails of an edition."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlaas.models import User
from atlaas.permissions import is_organiser
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from labels.choices import EditionMail
from labels.forms.edition_parts import (
    CriterionForm,
    JuryMemberForm,
    MailForm,
    PartForm,
    QuestionForm,
    RulebookForm,
    SectionForm,
    ThemeForm,
)
from labels.forms.marked import MarkedForm
from labels.models import Criterion, Edition, EditionMailText, JuryMember, MentionTheme, Question, Section
from labels.operations import edition_parts as verbs
from labels.queries.clock import now
from labels.queries.mark import mark_of
from labels.rules.freeze import why_frozen
from labels.rules.mail_words import DEFAULTS

# The word of the address → what it is called, its form, and how its rows belong to an edition.
PARTS: dict[str, tuple[str, type[PartForm], Callable[[Edition], Any]]] = {
    "criteres": ("Un critère", CriterionForm, lambda one: Criterion.objects.filter(edition=one)),
    "sections": ("Une section", SectionForm, lambda one: Section.objects.filter(edition=one)),
    "questions": ("Une question", QuestionForm, lambda one: Question.objects.filter(section__edition=one)),
    "jury": ("Un membre du jury", JuryMemberForm, lambda one: JuryMember.objects.filter(edition=one)),
    "themes": ("Un thème de mention", ThemeForm, lambda one: MentionTheme.objects.filter(edition=one)),
}
methods = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Screen:
    """A form of an edition; `fresh` makes the form of what stands now, to show it beside what was typed."""

    edition: Edition
    form: Any
    name: str
    fresh: Callable[[Any], MarkedForm]
    more: dict[str, object] = field(default_factory=dict)


@never_cache
@methods
def rulebook(request: HttpRequest, year: int) -> HttpResponse:
    edition = _edition(request, year)
    form = RulebookForm(_sent(request), instance=edition.rulebook)

    def act() -> None:
        facts = {name: form.cleaned_data[name] for name in form.Meta.fields}
        verbs.set_rulebook(edition, facts, _person(request), read=form.cleaned_data["read"])

    screen = Screen(edition, form, "Le règlement", lambda row: RulebookForm(instance=row))
    return _answer(request, screen, act)


@never_cache
@methods
def new(request: HttpRequest, year: int, part: str) -> HttpResponse:
    edition = _edition(request, year)
    name, kind, _ = PARTS[part]
    form = kind(_sent(request), edition=edition, initial={"section": request.GET.get("section", "")})

    def act() -> None:
        verbs.save_part(edition, form.instance, _person(request))

    return _answer(request, Screen(edition, form, name, kind), act)


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
        verbs.save_part(edition, form.instance, _person(request), read=form.cleaned_data["read"])

    fresh = partial(_form_of, kind, edition)
    return _answer(request, Screen(edition, form, name, fresh, {"row": row, "part": part}), act)


def _form_of(kind: type[PartForm], edition: Edition, row: Any) -> PartForm:
    return kind(instance=row, edition=edition)


@never_cache
@methods
def mail(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    edition = _edition(request, year)
    if kind not in EditionMail.values:
        raise Http404
    if request.POST.get("action") == "origine":
        return _act(request, edition, lambda: verbs.forget_mail(edition, kind, _person(request)))
    stored = edition.mails.filter(kind=kind).first()
    form = MailForm(_sent(request), kind=kind, initial=_words(kind, stored))

    def act() -> None:
        told = form.cleaned_data
        verbs.set_mail(edition, kind, told["subject"], told["body"], _person(request), read=told["read"])

    name, fresh = f"Courriel : {EditionMail(kind).label}", partial(_mail_form, kind)
    return _answer(request, Screen(edition, form, name, fresh, {"stored": stored}), act)


def _mail_form(kind: str, stored: EditionMailText | None) -> MailForm:
    return MailForm(kind=kind, initial=_words(kind, stored))


def _words(kind: str, stored: EditionMailText | None) -> dict[str, str]:
    subject, body = (stored.subject, stored.body) if stored else DEFAULTS[kind]
    return {"subject": subject, "body": body, "read": mark_of(stored)}


def _answer(request: HttpRequest, screen: Screen, act: Callable[[], None]) -> HttpResponse:
    """Written, and back; else the same page, with both texts (409) when somebody else wrote meanwhile."""
    form = screen.form
    if not form.is_bound or not form.is_valid():
        return _shown(request, screen)
    try:
        act()
    except Conflict as conflict:
        form.reread(mark_of(conflict.current))
        differing = form.differing(screen.fresh(conflict.current))
        return _shown(request, screen, conflict=str(conflict), differing=differing)
    except Refused as refused:
        form.add_error(None, french(str(refused)))
        return _shown(request, screen)
    return _back(request, screen.edition)


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


def _shown(request: HttpRequest, screen: Screen, **both: object) -> HttpResponse:
    edition, form = screen.edition, screen.form
    words = {"edition": edition, "form": form, "name": french(screen.name), "why": _why(edition, form)}
    status = 422 if form.errors else 409 if both else 200
    return render(request, "labels/edition/part.html", words | screen.more | both, status=status)


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
