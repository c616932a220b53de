"""Organisers prepare an edition from the previous one, set its dates, and say who has joined."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from atlaas.models import Collectivity, User
from atlaas.permissions import is_organiser
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french, plural
from labels.choices import EditionMail
from labels.forms.edition import DatesForm, NewEditionForm, SubscriptionForm, SubscriptionsForm
from labels.models import Edition, Subscription
from labels.operations.edition_setup import DATES, make_edition, set_dates
from labels.operations.subscription import Unread, import_subscriptions, set_subscription
from labels.queries.clock import now
from labels.rules.freeze import why_frozen

PER_PAGE = 100
methods = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@methods
def new(request: HttpRequest) -> HttpResponse:
    _organiser(request)
    previous = Edition.objects.filter(rulebook__isnull=False).select_related("rulebook").first()
    form = NewEditionForm(request.POST if request.method == "POST" else None)
    if previous and form.is_bound and form.is_valid():
        read = form.cleaned_data
        try:
            made = make_edition(
                read["year"], previous=previous, by=_organiser(request), dates=read, is_demo=previous.is_demo
            )
        except Refused as refused:
            form.add_error(None, french(str(refused)))
        else:
            return redirect("edition-setup", made.year)
    return _shown(request, "labels/edition/new.html", form, {"previous": previous})


@never_cache
@methods
def setup(request: HttpRequest, year: int) -> HttpResponse:
    by = _organiser(request)
    edition = get_object_or_404(
        Edition.objects.with_campaign().select_related("rulebook", "made_from"), year=year
    )
    stored = {name: getattr(edition, name) for name in DATES}
    form = DatesForm(request.POST if request.method == "POST" else None, initial=stored)
    if form.is_bound and form.is_valid():
        try:
            set_dates(edition, by=by, dates=form.cleaned_data)
        except Refused as refused:
            form.add_error(None, french(str(refused)))
        else:
            messages.success(request, french("Les dates sont enregistrées."))
            return redirect("edition-setup", year)
    return _shown(request, "labels/edition/setup.html", form, _facts(edition))


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
    set_subscription(collectivity, edition.year, read["status"], read["comment"], by=_organiser(request))
    messages.success(request, french(f"L’adhésion de {collectivity.name} est enregistrée."))
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
