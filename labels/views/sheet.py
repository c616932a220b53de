"""The public page of a fiche, its versions, how it spread, and « je m’en inspire »."""

from typing import cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.choices import Role, SheetState
from atlaas.models import Collectivity, PublicSheet, Revision, Sheet, User
from atlaas.operations.inspiration import inspire as start_inspired
from atlaas.operations.sheet import restore as restore_revision
from atlaas.queries.diffusion import diffusion_of
from atlaas.queries.right import right_on
from atlaas.rules.markdown import html_of
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french
from atlaas.tasks import wake
from atlaas.views.context import site
from labels.forms.sheet import ComparisonForm, InspirationForm, RestoreForm
from labels.queries import sheet as queries
from labels.queries.revision import changes, revisions_of
from labels.views.sheet_words import sheet_words

GONE = (SheetState.ARCHIVED, SheetState.WITHDRAWN)


@login_not_required
@require_safe
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = queries.public_sheet(pk, request.user)
    return (
        render(request, "labels/sheet/detail.html", _words(request, sheet)) if sheet else _gone(request, pk)
    )


def _words(request: HttpRequest, sheet: PublicSheet) -> dict[str, object]:
    services = queries.services_of(sheet)
    files = sheet.revision.content["attachments"]
    return {
        "sheet": sheet,
        "html": SafeString(html_of(sheet.text)),
        "services": services,
        "enjeux": list(dict.fromkeys(service.enjeu.name for service in services)),
        "has_proposal": not all(service.is_attested for service in services),
        "category": queries.category_now(sheet),
        "locator": queries.sheet_locator(sheet),
        "pictures": [file for file in files if file["kind"] == "image"],
        "documents": [file for file in files if file["kind"] != "image"],
        "source": queries.source_of(sheet, request.user),
        "inspired": queries.inspired_count(sheet, request.user),
        "related": queries.related_to(sheet, request.user),
        "right": right_on(sheet.collectivity, cast("User", request.user)),
        "structured": sheet_words(sheet, services, site(request)["origin"]),
    }


def _gone(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What was public once says so; a draft answers as if it did not exist."""
    if not Sheet.objects.filter(pk=pk, state__in=GONE).exists():
        raise Http404
    return render(request, "labels/sheet/gone.html", status=404)


@login_not_required
@never_cache
@require_safe
def revisions(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = _readable(request, pk)
    return _revisions_page(request, sheet) if sheet else _gone(request, pk)


def _readable(request: HttpRequest, pk: UUID) -> Sheet | None:
    """A fiche that the public reads, or one of the person's collectivités that was published once."""
    rows = Sheet.objects.select_related("collectivity")
    if PublicSheet.objects.visible_to(request.user).filter(pk=pk).exists():
        return rows.get(pk=pk)
    return rows.filter(pk__in=Sheet.objects.served_by(request.user), revisions__isnull=False, pk=pk).first()


def _revisions_page(request: HttpRequest, sheet: Sheet, problem: str = "", status: int = 200) -> HttpResponse:
    listed = revisions_of(sheet)
    form = ComparisonForm(request.GET, newest=listed[0].number)
    before, after = form.numbers()
    named = sheet.revisions.filter(number__in=(before, after, form.newest))
    contents = dict(named.values_list("number", "content"))
    right = right_on(sheet.collectivity, cast("User", request.user))
    found = changes(contents[before], contents[after])
    words = {
        "sheet": sheet,
        "title": contents[form.newest]["title"],
        "revisions": listed,
        "before": before,
        "after": after,
        "changes": found,
        "all_same": all(change.is_same for change in found),
        "may_restore": bool(right and right.covers(Role.PUBLISHER)) and sheet.state != SheetState.WITHDRAWN,
        "problem": problem,
    }
    return render(request, "labels/sheet/revisions.html", words, status=status)


@never_cache
@require_POST
def restore(request: HttpRequest, pk: UUID, number: int) -> HttpResponse:
    sheet = get_object_or_404(Sheet.objects.served_by(request.user).select_related("collectivity"), pk=pk)
    revision = get_object_or_404(Revision, sheet=sheet, number=number)
    form = RestoreForm(request.POST)
    if not form.is_valid():
        return _revisions_page(request, sheet, "La page était incomplète : recommencez.", 422)
    version = form.cleaned_data["version"]
    try:
        restore_revision(sheet, revision=revision, by=cast("User", request.user), version=version)
    except Refused as refused:
        status = 409 if isinstance(refused, Conflict) else 422
        sheet.refresh_from_db(fields=["version", "state"])
        return _revisions_page(request, sheet, str(refused), status)
    messages.success(
        request, french(f"La version {number} est de nouveau publiée, comme une version nouvelle.")
    )
    return redirect("sheet-revisions", pk)


@login_not_required
@require_safe
def diffusion(request: HttpRequest, pk: UUID) -> HttpResponse:
    sheet = queries.public_sheet(pk, request.user)
    if sheet is None:
        return _gone(request, pk)
    words = {"sheet": sheet, "tree": diffusion_of(sheet, request.user)}
    return render(request, "labels/sheet/diffusion.html", words)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def inspire(request: HttpRequest, pk: UUID) -> HttpResponse:
    source = get_object_or_404(
        PublicSheet.objects.visible_to(request.user).select_related("collectivity", "sheet"), pk=pk
    )
    mine = Collectivity.objects.served_by(request.user).with_place()
    form = InspirationForm(request.POST or None, mine=mine)
    if request.method != "POST" or not form.is_valid():
        key = form.data.get("cle") or uuid4()
        words = {"sheet": source, "mine": mine, "key": key, "is_wrong": "collectivite" in request.POST}
        return render(request, "labels/sheet/inspire.html", words, status=422 if words["is_wrong"] else 200)
    return _inspired(request, source, form)


def _inspired(request: HttpRequest, source: PublicSheet, form: InspirationForm) -> HttpResponse:
    into = form.cleaned_data["collectivite"]
    try:
        draft = start_inspired(
            source, into=into, by=cast("User", request.user), draft_key=form.cleaned_data["cle"]
        )
    except Refused as refused:
        messages.error(request, french(str(refused)))
        return redirect("sheet", source.pk)
    wake()
    messages.success(
        request, french("Votre brouillon est prêt : ses services sont repris, l’idée est créditée.")
    )
    return redirect("sheet-edit", into.code, draft.pk)
