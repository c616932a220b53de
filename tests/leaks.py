"""Ask every route as every role, and compare the answers of two worlds that are equal but for one secret."""

import logging
import re
from contextlib import contextmanager
from http import HTTPStatus
from io import BytesIO
from zipfile import ZipFile

from django.db import connection, transaction

from tests.test_access import routes

ADMIN = "admin/"
# Every list of the admin, and the page of one object.
REGISTER = re.compile(r"admin/\w+/\w+/(<path:object_id>/change/)?")
# Forms that the jury's work is done by, or answers to; the others have nothing of a jury to refuse for.
SENT = ("jury/", "organisation/<int:year>/", "espace/<slug:code>/candidature/")
VARIES = {"Date", "Expires", "Set-Cookie", "Content-Length", "Content-Security-Policy"}
MASKS = (
    (re.compile(rb'(csrfmiddlewaretoken\\?" value=\\?")\w*'), rb"\1"),
    (re.compile(rb"(X-CSRFToken[^:]*: ?[^a-zA-Z0-9]*)[a-zA-Z0-9]{32,}"), rb"\1"),
    (re.compile(rb'(nonce=\\?")[^"\\]*'), rb"\1"),
    (re.compile(rb'(data-now="|"now": ")[^"]*'), rb"\1"),  # what a countdown starts from
    (re.compile(rb'(name="draft_key" value=")[^"]*'), rb"\1"),  # drawn for each new fiche
    # When a document was made, and the name that its maker draws from that.
    (re.compile(rb"(ModDate|CreationDate)\(D:\w*\)"), rb"\1"),
    (re.compile(rb"<(xmp:\w*Date|xmpMM:\w*ID)>[^<]*"), rb"\1"),
    (re.compile(rb"/ID\[.*?\]", re.DOTALL), b""),
)


class Counted:
    """How many queries went by: the log of Django holds 9,000."""

    number = 0

    def __call__(self, execute, *told):
        self.number += 1
        return execute(*told)


def all_routes():
    return sorted(set(routes()))


def questions(roles, only=""):
    """(role, method, route): those of the admin by staff alone, for Django answers everyone else before it looks."""
    for role in roles:
        for route in all_routes():
            if route.startswith(ADMIN) != (role == "staff") or only not in route:
                continue
            if role != "staff" or REGISTER.fullmatch(route):
                yield role, "get", route
            if route.startswith(SENT):
                yield role, "post", route


def masked(body):
    """What was asked for, without what each request draws anew; a workbook as its parts, without the hour of its making."""
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as book:
            return b"".join(book.read(name) for name in book.namelist() if name != "docProps/core.xml")
    for mask, shown in MASKS:
        body = mask.sub(shown, body)
    return body


def answer_of(client, role, method, address):
    """Status, headers, messages, body, its length and the number of queries."""
    headers = {"accept-encoding": "identity"}
    if role == "partner":
        headers["accept"] = "application/json"
    queries = Counted()
    with connection.execute_wrapper(queries):
        answer = getattr(client, method)(address, headers=headers)
        body = masked(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    told = {name: value for name, value in answer.headers.items() if name not in VARIES}
    said = answer.cookies["messages"].value.split(":")[0] if "messages" in answer.cookies else ""
    return answer.status_code, told, said, body, len(body), queries.number


def ask(world, clients, keys):
    """The answers to these questions; whatever asking writes is taken back, what the browser keeps of it too."""
    found = {}
    for role, method, route in keys:
        client = clients[role]
        cookies = {name: one.value for name, one in client.cookies.items()}
        with transaction.atomic():
            found[role, method, route] = answer_of(client, role, method, world.address(route))
            transaction.set_rollback(True)
        client.cookies.clear()
        client.cookies.load(cookies)
    return found


def with_secret(world, clients, keys, *changes):
    """The same once secrets are others; then they are what they were."""
    with transaction.atomic():
        for change in changes:
            change(world)
        found = ask(world, clients, keys)
        transaction.set_rollback(True)
    return found


def told(world, secrets, only=""):
    """By secret, the (role, route) whose answers tell it.

    Every route is asked twice, with nothing changed and with everything changed; what then differs is asked again secret by
    secret, when what a process reads but once was read.
    """
    clients = world.clients()
    keys = list(questions(clients, only))
    before = ask(world, clients, keys)
    assert sorted(key for key, one in before.items() if one[0] == HTTPStatus.INTERNAL_SERVER_ERROR) == []
    after = with_secret(world, clients, keys, *secrets.values())
    suspects = differing(before, after)
    plain = ask(world, clients, suspects)
    assert differing(plain, ask(world, clients, suspects)) == []  # what differs by itself cannot be compared
    return {
        name: {
            (role, route) for role, _, route in differing(plain, with_secret(world, clients, suspects, one))
        }
        for name, one in secrets.items()
    }


def differing(before, after):
    return [key for key in before if before[key] != after[key]]


@contextmanager
def silence():
    """Thousands of refusals are asked for: none is worth a line."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
