"""Whole answers of the palmarès, kept a few seconds in each process for whoever carries no cookie.

The first middleware: nothing of a session, an account or a template is touched for an answer that is kept. It holds the
crowd of a ceremony without any server before ours. What is kept is dropped as soon as `turn` is another, asked at most once
a second, and after `settings.ANSWERS_KEPT_FOR` seconds in any case; an answer is always read from the database, so that
none is ever ahead of it.
"""

import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from labels.queries.publication import turn

PAGES = re.compile(r"^/(?:$|palmares/|statistiques/|partage/)")
VARIES = frozenset(
    {"accept-encoding", "cookie", "hx-request"}
)  # what the key of an answer holds, or rules out
ASKED_EVERY = 1.0  # seconds between two looks at the turn
ROOM = 32_000_000  # bytes of bodies in a process
MOST = 2_000  # addresses in a process
LONGEST = 2_000_000  # bytes of one body
LONGEST_ADDRESS = 500


@dataclass(frozen=True, slots=True)
class Answer:
    """A response as it left the outermost middleware, compressed or not."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @classmethod
    def of(cls, response: HttpResponse) -> "Answer":
        return cls(response.status_code, tuple(response.headers.items()), response.content)

    def response(self) -> HttpResponse:
        made = HttpResponse(self.body, status=self.status)
        del made.headers["Content-Type"]
        for name, value in self.headers:
            made.headers[name] = value
        return made


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of one address until a moment: its answer, or that it has none for all (None)."""

    turn: str
    until: float
    answer: Answer | None

    @property
    def size(self) -> int:
        return len(self.answer.body) if self.answer else 0


class Shelf:
    """The answers that one process keeps, the least used out first, and who makes which."""

    def __init__(self, room: int = ROOM) -> None:
        """Nothing is kept yet, and the turn is not known."""
        self.room, self.size = room, 0
        self.places: OrderedDict[Hashable, Place] = OrderedDict()
        self.makers: dict[Hashable, threading.Lock] = {}
        self.lock, self.asking = threading.Lock(), threading.Lock()
        self.turn, self.asked_at = "", float("-inf")

    def current_turn(self) -> str:
        """One thread asks, at most once a second; the others go on with what it last heard."""
        if self.asking.acquire(blocking=not self.turn):
            try:
                if time.monotonic() - self.asked_at >= ASKED_EVERY:
                    self.turn, self.asked_at = turn(), time.monotonic()
            finally:
                self.asking.release()
        return self.turn

    def find(self, key: Hashable, now_turn: str) -> Place | None:
        with self.lock:
            found = self.places.get(key)
            if found is None or found.turn != now_turn or found.until <= time.monotonic():
                return None
            self.places.move_to_end(key)
            return found

    def keep(self, key: Hashable, place: Place) -> None:
        with self.lock:
            self._drop(key)
            self.places[key] = place
            self.size += place.size
            while self.size > self.room or len(self.places) > MOST:
                self._drop(next(iter(self.places)))

    @contextmanager
    def making(self, key: Hashable) -> Iterator[None]:
        """One at a time makes an answer: a crowd before a cold cache waits for the first, instead of asking the database."""
        with self.lock:
            maker = self.makers.setdefault(key, threading.Lock())
        try:
            with maker:
                yield
        finally:
            with self.lock:
                self.makers.pop(key, None)

    def _drop(self, key: Hashable) -> None:
        old = self.places.pop(key, None)
        self.size -= old.size if old else 0


class KeptAnswers:
    """Answer from the shelf of this process what may be, and put there what it may hold."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """One for each process."""
        self.get_response, self.shelf = get_response, Shelf()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.ANSWERS_KEPT_FOR or not _may_be_kept(request):
            return self.get_response(request)
        try:
            now_turn = self.shelf.current_turn()
        except DatabaseError:
            return self.get_response(request)
        key = _key(request)
        if found := self.shelf.find(key, now_turn):
            return found.answer.response() if found.answer else self.get_response(request)
        with self.shelf.making(key):
            found = self.shelf.find(key, now_turn)
            return found.answer.response() if found and found.answer else self._made(request, key, now_turn)

    def _made(self, request: HttpRequest, key: Hashable, now_turn: str) -> HttpResponse:
        response = self.get_response(request)
        answer = Answer.of(response) if _is_for_all(response) else None
        self.shelf.keep(key, Place(now_turn, time.monotonic() + settings.ANSWERS_KEPT_FOR, answer))
        return response


def _may_be_kept(request: HttpRequest) -> bool:
    """A page of the palmarès, read by somebody of whom nothing is known."""
    return (
        request.method in {"GET", "HEAD"}
        and PAGES.match(request.path_info) is not None
        and not any(request.META.get(name) for name in ("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE"))
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _key(request: HttpRequest) -> Hashable:
    told = request.META.get
    return (
        request.method,
        request.scheme,
        told("HTTP_HOST"),
        request.get_full_path(),
        "gzip" in told("HTTP_ACCEPT_ENCODING", ""),
        told("HTTP_HX_REQUEST"),
        told("HTTP_HX_HISTORY_RESTORE_REQUEST"),
    )


def _is_for_all(response: HttpResponse) -> bool:
    """An answer that any other visitor without a cookie would get, byte for byte."""
    told = response.headers.get
    varies = {name.strip().lower() for name in told("Vary", "").split(",") if name.strip()}
    return (
        response.status_code in {200, 404}
        and not response.streaming
        and not response.cookies
        and varies <= VARIES
        and not any(word in told("Cache-Control", "") for word in ("private", "no-store", "no-cache"))
        and "'nonce-" not in told("Content-Security-Policy", "")
        and len(response.content) <= LONGEST
    )
