"""The documents of a collectivité: choose one, read it before it is made, have its PDF made, take it, erase it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.models import Collectivity
from atlaas.views.attempt import attempt, person
from labels.choices import DocumentKind
from labels.forms.member_document import MemberDocumentForm, address_of
from labels.models import MemberDocument
from labels.operations import member_document as verbs
from labels.queries.document_place import Reading, member_places, reading_of
from labels.queries.member_document import document_of, file_name, shelf_of
from labels.rules.member_document import ABOUT, Asked, asked_from

READY = "Le document se prépare : il sera ici dans un instant."


@never_cache
@require_safe
def shelf(request: HttpRequest, code: str) -> HttpResponse:
    """The four documents, and those that were prepared."""
    place = _place(request, code)
    kinds = [(kind, kind.label, ABOUT[kind]) for kind in DocumentKind]
    return render(request, "labels/document/list.html", _shelved(place) | {"kinds": kinds})


@never_cache
@require_safe
def progress(request: HttpRequest, code: str) -> HttpResponse:
    """What was prepared and what is being prepared: the page asks again while something is."""
    return render(request, "labels/document/_shelf.html", _shelved(_place(request, code)))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The choices and the document as it would be; « Préparer le PDF » asks for the same."""
    place = _place(request, code)
    if kind not in DocumentKind.values:
        raise Http404
    reading = reading_of(place)
    form = MemberDocumentForm(kind, reading, request.POST or request.GET)
    if request.method == "POST" and form.is_valid():
        return _answer(request, place, form.asked())
    return _preview(request, place, reading, form)


def _answer(request: HttpRequest, place: Any, asked: Asked) -> HttpResponse:
    """Either the same page at the address of these choices, or the PDF asked for."""
    if request.POST.get("geste") == "preparer":
        by = person(request)
        if attempt(request, lambda: verbs.ask(place, asked, by=by), READY):
            return redirect(f"{reverse('documents', args=[place.code])}#prepares")
    return redirect(f"{reverse('document', args=[place.code, asked.kind])}?{address_of(asked)}#apercu")


def _preview(request: HttpRequest, place: Any, reading: Reading, form: MemberDocumentForm) -> HttpResponse:
    asked = form.asked()
    words = {
        "place": place,
        "kind": DocumentKind(asked.kind),
        "about": ABOUT[asked.kind],
        "form": form,
        "document": document_of(reading, asked),
        "why": "" if place.is_member else verbs.NOT_MEMBER,
        "contact": settings.CONTACT,
    }
    return render(request, "labels/document/detail.html", words, status=422 if form.errors else 200)


@never_cache
@require_safe
def download(request: HttpRequest, code: str, pk: UUID) -> HttpResponseBase:
    document = _document(request, code, pk)
    name = str(document.file.name)
    if not document.file or not default_storage.exists(name):
        raise Http404
    answer = FileResponse(default_storage.open(name), content_type="application/pdf")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file_name(document)) or "attachment"
    )
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


@require_POST
def again(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    document = _document(request, code, pk)
    asked = asked_from(document.kind, document.asked)
    attempt(request, lambda: verbs.ask(document.collectivity, asked, by=person(request)), READY)
    return redirect("documents", code)


@require_POST
def delete(request: HttpRequest, code: str, pk: UUID) -> HttpResponse:
    document = _document(request, code, pk)
    attempt(request, lambda: verbs.delete(document, by=person(request)), "Le document est effacé.")
    return redirect("documents", code)


def _place(request: HttpRequest, code: str) -> Any:
    """The collectivité with `is_member`; 404 for whoever may not act for it."""
    return get_object_or_404(member_places(request.user), code=code)


def _document(request: HttpRequest, code: str, pk: UUID) -> MemberDocument:
    rows = MemberDocument.objects.served_by(request.user).select_related("collectivity")
    return get_object_or_404(rows, pk=pk, collectivity__code=code)


def _shelved(place: Collectivity) -> dict[str, object]:
    rows = shelf_of(place)
    is_moving = any(one.is_waited_for for one in rows)
    why = "" if vars(place)["is_member"] else verbs.NOT_MEMBER
    words = {"place": place, "shelf": rows, "is_moving": is_moving, "why": why}
    return words | {"contact": settings.CONTACT}
