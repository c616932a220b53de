"""Pictures and documents of a fiche: given to who may read them, added and removed by its collectivité."""

from collections.abc import Callable
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.choices import AttachmentKind
from atlaas.forms.attachment import AttachmentForm, DescriptionForm, VersionForm
from atlaas.models import Attachment, Sheet, User
from atlaas.operations import attachment as operations
from atlaas.queries.attachment import Readable, files_of, readable
from atlaas.rules.attachment import MOST_BYTES, TYPES
from atlaas.rules.refusal import Conflict, Refused
from atlaas.rules.text import french

FIVE_MINUTES = 300


@login_not_required
@require_safe
def read(request: HttpRequest, pk: UUID, attachment: UUID) -> HttpResponseBase:
    found = readable(pk, attachment, cast("User", request.user))
    if found is None or not default_storage.exists(str(found.attachment.file.name)):
        raise Http404
    return _given(found)


def _given(found: Readable) -> FileResponse:
    """The type is ours, never the sender's; nothing in the file may run, even opened by itself."""
    one = found.attachment
    ending = str(one.file.name).rpartition(".")[2]
    answer = FileResponse(one.file.open("rb"), content_type=TYPES[ending])
    is_document = one.kind == AttachmentKind.DOCUMENT
    answer["Content-Disposition"] = (
        content_disposition_header(is_document, f"{one.name}.{ending}") or "inline"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = f"public, max-age={FIVE_MINUTES}" if found.is_public else "private, no-store"
    return answer


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    sheet = _sheet(request, code, pk)
    if request.method != "POST":
        return _page(request, sheet)
    form = AttachmentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, sheet, _sentence(form), status=422)
    file = form.cleaned_data["fichier"]

    def write() -> object:
        return operations.add(
            sheet,
            by=cast("User", request.user),
            version=form.cleaned_data["version"],
            data=file.read(MOST_BYTES + 1),
            name=file.name,
            alt=form.cleaned_data["alt"],
        )

    return _done(request, sheet, write, "Le fichier est ajouté ; il sera public à la prochaine publication.")


@never_cache
@require_POST
def change(request: HttpRequest, code: str, pk: UUID, attachment: UUID) -> HttpResponse:
    sheet = _sheet(request, code, pk)
    one = get_object_or_404(files_of(sheet), pk=attachment)
    form = DescriptionForm(request.POST)
    if not form.is_valid():
        return _page(request, sheet, _sentence(form), status=422)
    return _done(request, sheet, lambda: _change(request, one, form), "Les fichiers sont à jour.")


def _change(request: HttpRequest, one: Attachment, form: DescriptionForm) -> object:
    by, told = cast("User", request.user), form.cleaned_data
    if not told["sens"]:
        return operations.describe(one, by=by, version=told["version"], name=told["name"], alt=told["alt"])
    order = list(files_of(one.sheet).values_list("pk", flat=True))
    at = order.index(one.pk)
    order.insert(max(at - 1, 0) if told["sens"] == "haut" else at + 1, order.pop(at))
    return operations.reorder(one.sheet, by=by, version=told["version"], order=order)


@never_cache
@require_POST
def remove(request: HttpRequest, code: str, pk: UUID, attachment: UUID) -> HttpResponse:
    sheet = _sheet(request, code, pk)
    one = get_object_or_404(files_of(sheet), pk=attachment)
    form = VersionForm(request.POST)
    if not form.is_valid():
        return _page(request, sheet, _sentence(form), status=422)

    def write() -> object:
        return operations.remove(one, by=cast("User", request.user), version=form.cleaned_data["version"])

    return _done(request, sheet, write, "Le fichier est ôté de la fiche.")


def _sheet(request: HttpRequest, code: str, pk: UUID) -> Sheet:
    served = Sheet.objects.served_by(request.user).select_related("collectivity")
    return get_object_or_404(served, pk=pk, collectivity__code=code)


def _done(request: HttpRequest, sheet: Sheet, write: Callable[[], object], sentence: str) -> HttpResponse:
    try:
        write()
    except Conflict as conflict:
        return _page(request, cast("Sheet", conflict.current), str(conflict), status=409)
    except Refused as refused:
        return _page(request, sheet, str(refused), status=422)
    messages.success(request, french(sentence))
    return redirect("attachment-add", sheet.collectivity.code, sheet.pk)


def _sentence(form: Form) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors)


def _page(request: HttpRequest, sheet: Sheet, problem: str = "", status: int = 200) -> HttpResponse:
    words = {"sheet": sheet, "attachments": files_of(sheet), "problem": problem}
    return render(request, "atlaas/sheet/attachments.html", words, status=status)
