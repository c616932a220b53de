"""Messages of a person, and the link « ne plus recevoir » of the mails."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atlaas.choices import NoticeKind
from atlaas.forms.message import PreferenceForm
from atlaas.operations.message import choose, mark_read, silence, speak
from atlaas.queries.message import is_stopped, messages_of, read_stop_token, silenced, unread
from atlaas.rules.mailing import EVERYTHING, silenced_by
from atlaas.views.attempt import attempt, person

PER_PAGE = 20


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    user = person(request)
    page = Paginator(messages_of(user), PER_PAGE).get_page(request.GET.get("page"))
    words = {
        "page": page,
        "unread": unread(user).count(),
        "kinds": list(NoticeKind),
        "silenced": silenced(user),
    }
    return render(request, "atlaas/space/messages.html", words)


@require_POST
def reading(request: HttpRequest) -> HttpResponse:
    """Mark one message as read (`message` is its key), or all of them without a key."""
    key = request.POST.get("message", "")
    if key and not key.isdecimal():
        raise Http404
    mark_read(person(request), pk=int(key[:18]) if key else None)
    return redirect("space-messages")


@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    form = PreferenceForm(request.POST)
    if not form.is_valid():
        raise Http404
    wanted = form.cleaned_data["wanted"]
    attempt(
        request, lambda: choose(person(request), wanted=wanted), "Vos choix de courriels sont enregistrés."
    )
    return redirect("space-messages")


@login_not_required
@csrf_exempt  # the token is signed, and mail programs post here without any cookie (RFC 8058)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    read = read_stop_token(token)
    if read is None:
        return render(request, "atlaas/space/stop.html", {"is_unreadable": True}, status=404)
    user, choice = read
    kinds = silenced_by(choice)
    if request.method == "POST":
        (speak if request.POST.get("undo") == "1" else silence)(user, kinds=kinds)
    words = {
        "kind": None if choice == EVERYTHING else kinds[0],
        "is_stopped": is_stopped(user, kinds),
        "is_done": request.method == "POST",
    }
    return render(request, "atlaas/space/stop.html", words)
