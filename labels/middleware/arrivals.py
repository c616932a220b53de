"""Keeps the proof that a request on the pages of a candidacy arrived, and how it was answered."""

import logging
import re
import time
from collections.abc import Callable

from django.db import Error
from django.http import HttpRequest, HttpResponse

from atlaas.models import User
from labels.operations.arrival import note

logger = logging.getLogger(__name__)

PAGES = re.compile(r"^/espace/[0-9AB]{5,9}/candidature/")


def arrivals(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """After the answer is made; a row that cannot be written never spoils it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not PAGES.match(request.path):
            return get_response(request)
        started = time.monotonic()
        response = get_response(request)
        if request.user.is_authenticated:
            _note(request, request.user, response, round((time.monotonic() - started) * 1000))
        return response

    return middleware


def _note(request: HttpRequest, user: User, response: HttpResponse, milliseconds: int) -> None:
    try:
        note(
            user,
            method=request.method or "",
            path=request.path,
            status=response.status_code,
            size=_size(request.META.get("CONTENT_LENGTH")),
            milliseconds=milliseconds,
        )
    except Error:
        logger.exception("An arrival on %s was not written", request.path)


def _size(told: str | None) -> int:
    """Bytes of the body as the browser tells them; 0 when it does not."""
    return int(told) if told and told.isascii() and told.isdigit() else 0
