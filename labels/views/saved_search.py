"""/espace/recherches/: the searches that a person keeps."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from atlaas.models import User
from atlaas.rules.refusal import Refused
from labels.forms.saved_search import NewSearchForm, SavedSearchForm
from labels.operations import saved_search

UNNAMED = "Donnez à cette recherche un nom de 120 caractères au plus."


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """The list; a POST keeps one more search, sent by the page of results."""
    if request.method != "POST":
        words = {"searches": _person(request).searches.all(), "most": saved_search.MOST}
        return render(request, "labels/search/saved.html", words)
    form = NewSearchForm(request.POST)
    if not form.is_valid():
        messages.error(request, UNNAMED)
        return redirect("saved-searches")
    _attempt(
        request, "La recherche est gardée.", lambda: saved_search.save(_person(request), **form.cleaned_data)
    )
    return redirect("saved-searches")


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a message leads: the results of a kept search, the latest first."""
    search = get_object_or_404(_person(request).searches, pk=pk)
    by_date = "&".join(part for part in (*_kept(search.query), "tri=date") if part)
    return redirect(f"{reverse('sheet-list')}?{by_date}")


@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(_person(request).searches, pk=pk)
    form = SavedSearchForm(request.POST)
    if form.is_valid():
        _attempt(request, "C’est enregistré.", lambda: saved_search.change(search, **form.cleaned_data))
    else:
        messages.error(request, UNNAMED)
    return redirect("saved-searches")


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(_person(request).searches, pk=pk)
    _attempt(request, f"La recherche « {search.name} » est oubliée.", lambda: saved_search.forget(search))
    return redirect("saved-searches")


def _attempt(request: HttpRequest, done: str, verb: Callable[[], object]) -> None:
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)


def _kept(query: str) -> list[str]:
    return [part for part in query.split("&") if not part.startswith("tri=")]


def _person(request: HttpRequest) -> User:
    """Who is signed in: the routes of the space are closed to others."""
    return cast("User", request.user)
