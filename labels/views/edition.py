"""Organisers prepare an edition from the previous one, set its dates, and say who has joined."""

from datetime import date, datetime
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlaas.models import Collectivity, User
from atlaas.permissions import is_organiser
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french, plural
from labels.choices import EditionMail
from labels.forms.edition import NewEditionForm, SetupForm, SubscriptionForm, SubscriptionsForm
from labels.models import Edition, Subscription
from labels.operations.edition_setup import DATES, SETTINGS, make_edition, set_dates
from labels.operations.subscription import Unread, import_subscriptions, set_subscription
from labels.queries.campaign import referentials, sources
from labels.queries.clock import now, why_date
from labels.queries.mark import mark_of
from labels.rules.edition import years_later
from labels.rules.freeze import why_frozen

PER_PAGE = 100
methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@methods
def new(request: HttpRequest) -> HttpResponse:
    by, found = _organiser(request), sources()
    sent = request.POST if request.method == "POST" else None
    form = NewEditionForm(sent, sources=found, initial=_proposed(found.first()))
    if form.is_bound and form.is_valid():
        read = form.cleaned_data
        try:
            made = make_edition(
                read["year"], previous=read["previous"], by=by, dates=read, is_demo=read["is_demo"]
            )
        except Refused as refused:
            form.add_error(None, french(str(refused)))
        else:
            return redirect("edition-setup", made.year)
    return _shown(request, "labels/edition/new.html", form, {"has_source": found.exists()})


def _proposed(source: Edition | None) -> dict[str, object]:
    """The year after the last one, on the same days as the edition it starts from."""
    if source is None:
        return {}
    last = Edition.objects.order_by("-year").values_list("year", flat=True)[0]
    stored = {name: getattr(source, name) for name in DATES}
    moved = {
        name: years_later(localtime(value) if isinstance(value, datetime) else value, last + 1 - source.year)
        for name, value in stored.items()
        if isinstance(value, date)
    }
    facts = {"previous": source.pk, "year": last + 1, "is_demo": source.is_demo}
    return stored | moved | facts


@never_cache
@methods
def setup(request: HttpRequest, year: int) -> HttpResponse:
    by = _organiser(request)
    edition = get_object_or_404(
        Edition.objects.with_campaign().select_related("rulebook", "made_from"), year=year
    )
    form = _setup_form(request.POST if request.method == "POST" else None, edition)
    if not form.is_bound or not form.is_valid():
        return _setup(request, form, edition)
    told = dict(form.cleaned_data)
    try:
        set_dates(edition, by=by, read=told.pop("read"), dates=told)
    except Conflict as conflict:
        return _both(request, form, conflict)
    except Refused as refused:
        form.add_error(None, french(str(refused)))
        return _setup(request, form, edition)
    messages.success(request, french("Les dates sont enregistrées."))
    return redirect("edition-setup", year)


def _setup_form(sent: QueryDict | None, edition: Edition) -> SetupForm:
    stored = {name: getattr(edition, name) for name in SETTINGS}
    stored["referential_year"] = edition.referential_year or edition.year
    known = sorted({*referentials(), stored["referential_year"]}, reverse=True)
    initial = stored | {"read": mark_of(edition, SETTINGS)}
    return SetupForm(sent, initial=initial, frozen=_frozen(edition), referentials=known)


def _frozen(edition: Edition) -> dict[str, str]:
    """Why, for each date that no longer moves."""
    at = now()
    told = {name: why_date(edition, name, at) for name in SETTINGS}
    return {name: why for name, why in told.items() if why}


def _setup(request: HttpRequest, form: SetupForm, edition: Edition, **more: object) -> HttpResponse:
    frozen = _frozen(edition)
    words = {
        "why_dates": list(dict.fromkeys(frozen.values())),
        "all_frozen": len(frozen) == len(SETTINGS),
    }
    return _shown(request, "labels/edition/setup.html", form, _facts(edition) | words | more)


def _both(request: HttpRequest, form: SetupForm, conflict: Conflict) -> HttpResponse:
    """What somebody else wrote meanwhile beside what was typed (409)."""
    current = cast("Edition", conflict.current)
    form.reread(mark_of(current, SETTINGS))
    told = {"conflict": str(conflict), "differing": form.differing(_setup_form(None, current))}
    response = _setup(request, form, current, **told)
    response.status_code = 409
    return response


def _facts(edition: Edition) -> dict[str, object]:
    book = edition.rulebook
    fields = [one for one in book._meta.concrete_fields if one.name not in {"id", "edition"}]  # noqa: SLF001
    at = now()
    own = set(edition.mails.values_list("kind", flat=True))
    return {
        "edition": edition,
        "rulebook": [(one.verbose_name, _told(getattr(book, one.attname))) for one in fields],
        "criteria": edition.criteria.order_by("category", "position"),
        "sections": edition.sections.prefetch_related("questions"),
        "themes": edition.themes.all(),
        "jury": edition.jury_members.all(),
        "mails": [(kind.value, kind.label, kind.value in own) for kind in EditionMail],
        "why_rules": _why("rulebook", edition, at),
        "why_words": _why("editionmailtext", edition, at),
    }


def _why(part: str, edition: Edition, at: datetime) -> str:
    return why_frozen(part, opens_at=edition.opens_at, published_at=edition.published_at, at=at)


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


@never_cache
@methods
def subscriptions(request: HttpRequest, year: int) -> HttpResponse:
    _organiser(request)
    edition = get_object_or_404(Edition.objects.with_campaign(), year=year)
    if request.method != "POST":
        return _subscriptions(request, edition)
    if request.POST.get("action") == "import":
        return _import(request, edition)
    form = SubscriptionForm(request.POST)
    if form.is_valid():
        return _one(request, edition, form)
    return _subscriptions(request, edition, one=form)


def _import(request: HttpRequest, edition: Edition) -> HttpResponse:
    form = SubscriptionsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _subscriptions(request, edition, upload=form)
    try:
        number = import_subscriptions(form.cleaned_data["file"].read(), edition.year, by=_organiser(request))
    except Unread as unread:
        return _subscriptions(request, edition, problems=unread.problems)
    messages.success(request, french(f"{plural(number, 'adhésion enregistrée', 'adhésions enregistrées')}."))
    return redirect("subscriptions", edition.year)


def _one(request: HttpRequest, edition: Edition, form: SubscriptionForm) -> HttpResponse:
    read = form.cleaned_data
    collectivity = Collectivity.objects.filter(code=read["code"].strip().upper()).first()
    if collectivity is None:
        form.add_error("code", "Aucune collectivité n’a ce code : vérifiez-le.")
        return _subscriptions(request, edition, one=form)
    by = _organiser(request)
    before = set_subscription(collectivity, edition.year, read["status"], read["comment"], by=by)
    changed = f" Elle était « {before} »." if before else ""
    messages.success(request, french(f"L’adhésion de {collectivity.name} est enregistrée.{changed}"))
    return redirect("subscriptions", edition.year)


def _subscriptions(request: HttpRequest, edition: Edition, **more: object) -> HttpResponse:
    rows = Subscription.objects.filter(year=edition.year).select_related("collectivity")
    words = {
        "edition": edition,
        "page": Paginator(rows.order_by("collectivity__sort_key"), PER_PAGE).get_page(
            request.GET.get("page")
        ),
        "upload": SubscriptionsForm(),
        "one": SubscriptionForm(),
    }
    return render(request, "labels/edition/subscriptions.html", words | more, status=422 if more else 200)


def _shown(request: HttpRequest, template: str, form: Form, words: dict[str, object]) -> HttpResponse:
    for sentence in form.non_field_errors():
        messages.error(request, str(sentence))
    return render(request, template, words | {"form": form}, status=422 if form.errors else 200)


def _organiser(request: HttpRequest) -> User:
    """404 for whoever is not of the association's team."""
    user = cast("User", request.user)
    if not is_organiser(user):
        raise Http404
    return user
