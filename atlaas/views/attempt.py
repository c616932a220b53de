"""What the screens of the people's space share: who asks, and how a refusal is told."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from atlaas.models import Collectivity, User
from atlaas.rules.refusal import Refused
from atlaas.rules.text import french
from atlaas.tasks import wake


def person(request: HttpRequest) -> User:
    """Who is signed in; the middleware let nobody else come here."""
    return cast("User", request.user)


def place_of(request: HttpRequest, code: str) -> Collectivity:
    """The collectivité of the address, when the person may act for it; 404 otherwise."""
    return get_object_or_404(Collectivity.objects.with_place().served_by(request.user), code=code)


def attempt(request: HttpRequest, work: Callable[[], object], done: str) -> bool:
    """Do the work and say so, or say why it was refused; the workers are woken for the mails that follow."""
    try:
        work()
    except Refused as refused:
        messages.error(request, french(str(refused)))
        return False
    messages.success(request, french(done))
    wake()
    return True
