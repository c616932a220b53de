"""Whole answers kept for whoever carries no cookie: never another's, never late, never ahead."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from labels.middleware import KeptAnswers
from labels.models import Edition
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
PAGE = "/palmares/2025/"


@pytest.fixture(autouse=True)
def _kept(settings):
    settings.ANSWERS_KEPT_FOR = 60


@pytest.fixture
def visitor():
    return Client()


@pytest.fixture
def numbered():
    """A middleware before a view that counts its calls; `answer` may make another response of the count."""
    calls = []

    def make(answer=lambda count: HttpResponse(str(count))):
        def view(request):
            calls.append(request)
            return answer(len(calls))

        return KeptAnswers(view)

    return make


def answer(middleware, *, method="get", path=PAGE, **headers):
    return middleware(getattr(RequestFactory(), method)(path, **headers))


def test_second_visitor_costs_no_query(visitor):
    AwardFactory()
    first = visitor.get(PAGE)

    with CaptureQueriesContext(connection) as captured:
        second = visitor.get(PAGE)

    assert (second.status_code, second.content) == (200, first.content)
    assert dict(second.headers) == dict(first.headers)
    assert len(captured) == 0


def test_page_turns_once_the_edition_is_public(visitor):
    edition = EditionFactory(published_at=None)
    secret = visitor.get(PAGE)

    shelf = visitor.handler._middleware_chain.shelf

    Edition.objects.filter(pk=edition.pk).update(published_at=timezone.now())
    shelf.asked_at = float("inf")  # less than a second later
    still = visitor.get(PAGE)
    shelf.asked_at = float("-inf")  # more than a second later
    public = visitor.get(PAGE)

    assert [secret.status_code, still.status_code, public.status_code] == [404, 404, 200]


def test_whoever_carries_a_cookie_is_answered_afresh(numbered):
    middleware = numbered()
    answer(middleware)

    assert answer(middleware, HTTP_COOKIE="sessionid=a").content == b"2"
    assert answer(middleware, HTTP_AUTHORIZATION="Bearer a").content == b"3"
    assert answer(middleware, method="post").content == b"4"
    assert answer(middleware, path="/espace/").content == b"5"
    assert answer(middleware, path=PAGE + "?q=" + "a" * 600).content == b"6"
    assert answer(middleware).content == b"1"


@pytest.mark.parametrize(
    "other",
    [
        {"HTTP_HOST": "127.0.0.1"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_HX_HISTORY_RESTORE_REQUEST": "true"},
        {"path": PAGE + "?page=2"},
        {"method": "head"},
        {"secure": True},
    ],
)
def test_another_question_has_another_answer(numbered, other):
    middleware = numbered()
    answer(middleware)

    assert answer(middleware, **other).content == b"2"
    assert answer(middleware).content == b"1"


def with_cookie(count):
    response = HttpResponse(str(count))
    response.set_cookie("csrftoken", "a")
    return response


@pytest.mark.parametrize(
    "made",
    [
        with_cookie,
        lambda count: HttpResponse(str(count), status=500),
        lambda count: HttpResponse(str(count), status=302),
        lambda count: HttpResponse(str(count), headers={"Vary": "Accept-Language"}),
        lambda count: HttpResponse(str(count), headers={"Cache-Control": "private"}),
        lambda count: HttpResponse(str(count), headers={"Cache-Control": "no-store"}),
        lambda count: HttpResponse(str(count), headers={"Content-Security-Policy": "script-src 'nonce-a'"}),
        lambda count: HttpResponse(str(count) + " " * 2_000_000),
        lambda count: StreamingHttpResponse([str(count).encode()]),
    ],
)
def test_answer_that_is_not_for_all_is_not_kept(numbered, made):
    middleware = numbered(made)

    first, second = (b"".join(answer(middleware)).strip() for _ in range(2))

    assert (first, second) == (b"1", b"2")


def test_answer_ends_with_its_time(numbered, settings):
    settings.ANSWERS_KEPT_FOR = 1e-9
    middleware = numbered()
    answer(middleware)

    assert answer(middleware).content == b"2"


def test_nothing_is_kept_when_nothing_is_asked(numbered, settings):
    settings.ANSWERS_KEPT_FOR = 0
    middleware = numbered()
    answer(middleware)

    assert answer(middleware).content == b"2"


def test_the_oldest_leave_when_the_room_is_full(numbered):
    middleware = numbered(lambda _: HttpResponse("a" * 10))
    middleware.shelf.room = 25
    for number in range(3):
        answer(middleware, path=f"{PAGE}?page={number}")

    assert [key[3][-1] for key in middleware.shelf.places] == ["1", "2"]
    assert middleware.shelf.size == 20


def test_crowd_before_a_cold_cache_asks_once(numbered):
    start = threading.Barrier(8)
    middleware = numbered()
    middleware.shelf.turn, middleware.shelf.asked_at = (
        "known",
        float("inf"),
    )  # the threads ask the database nothing

    def visit(_):
        start.wait(10)
        return answer(middleware).content

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(visit, range(8)))

    assert answers == {b"1"}
