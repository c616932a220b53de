"""Two worlds, equal but for the awards of a sealed palmarès: until its hour nobody outside can tell one from the other.

Every route that is not of the association nor of the jury is asked. Status, headers, body, length and number of queries are compared,
once the token of the forms, the nonce and the instants are masked.
"""

import io
import re
import zipfile
from types import SimpleNamespace

import pytest
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from labels.models import Award, Mention, Seal, Statistic
from labels.operations.publication_hour import publish_now
from labels.operations.statistics import recompute
from labels.queries.publication import version
from tests.conftest import SecondFactorClient
from tests.factories.campaign import open_edition
from tests.factories.jury import a_filed_candidacy
from tests.factories.seal import SignedRoom
from tests.test_access import Another, routes

pytestmark = pytest.mark.django_db

YEAR = 2030
HIDDEN = ("admin/", "organisation/", "jury/")
ROLES = ("anonymous", "candidate")
VARIES = {"Date", "Expires", "Set-Cookie", "Content-Security-Policy", "Content-Length"}
MASKS = (
    (re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*'), rb"\1"),
    (re.compile(rb"(X-CSRFToken[^:]*: ?[^a-zA-Z0-9]*)[a-zA-Z0-9]{32,}"), rb"\1"),
    (re.compile(rb'nonce="[^"]*"'), b"nonce"),
    (re.compile(rb'(name="(draft_key|cle)" value=")[^"]*'), rb"\1"),  # drawn for each form
    (re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(\+\d\d:\d\d|Z)?"), b"instant"),
)


class World(Another):
    """The town won something in a sealed palmarès, and its people sign in."""

    def jury(self):
        filed = a_filed_candidacy(open_edition(YEAR), self.town)
        self.room = SignedRoom(levels=(3, 2), themes=("art",), filed=filed, year=YEAR)
        self.room.seal()

    @property
    def numbered(self):
        names = ("equipe", "invitations", "mandats", "messages", "recherches", "rattachements")
        things = (self.affiliation, self.invitation, self.mandate, self.notice, self.search, self.claim)
        return dict(zip(names, things, strict=True))

    tie = SimpleNamespace(pk=0)  # of a jury, whose routes are not asked

    def value(self, route, name):
        words = {
            "year": str(YEAR),
            "sheet": str(self.sheet.pk),
            "key": self.town.code,
            "kind": "collectivite",
        }
        words |= dict.fromkeys(("slug", "name", "role", "section", "token", "uidb36", "secret"), "essai")
        words |= {"slug": self.town.slug} if route.startswith("collectivites/") else {}
        words |= {"slug": self.town.region.slug} if "regions/" in route else {}
        if name == "pk" and "fiches/<uuid:pk>" in route and not route.startswith("espace/"):
            return str(self.sheet.pk)
        return words[name] if name in words else super().value(route, name)

    def address(self, route):
        return super().address(route).replace("\\.", ".")

    def change(self):
        """Another level, a title, no mention; one laureate fewer; the figures that follow. The digest is the same."""
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            Mention.objects.filter(award__edition=self.room.edition).delete()
            Award.objects.filter(pk=self.room.award(0).pk).update(level=5, is_ten=True)
            Award.objects.filter(pk=self.room.award(1).pk).delete()
            Statistic.objects.filter(edition=self.room.edition).delete()
            cursor.execute("SET LOCAL session_replication_role = origin")
        recompute(str(YEAR))


def masked(body):
    if body.startswith(b"PK"):  # a workbook tells when it was made
        book = zipfile.ZipFile(io.BytesIO(body))
        return b"".join(book.read(name) for name in book.namelist() if not name.startswith("docProps"))
    for mask, shown in MASKS:
        body = mask.sub(shown, body)
    return body


def asked(client, address):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, headers={"accept-encoding": "identity"})
    body = masked(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    headers = {name: value for name, value in answer.headers.items() if name not in VARIES}
    return answer.status_code, headers, body, len(queries)


def crawl(world, clients):
    """Every answer by (role, route); what looking writes is taken back."""
    found = {}
    with transaction.atomic():
        for role, client in clients.items():
            for route in sorted(one for one in set(routes()) if not one.startswith(HIDDEN)):
                found[role, route] = asked(client, world.address(route))
        transaction.set_rollback(True)
    return found


def told_apart(one, other):
    return sorted(key for key in one if one[key] != other[key])


def files(folder):
    return sorted((str(one), one.stat().st_size) for one in folder.rglob("*") if one.is_file())


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World()


def test_until_its_hour_a_sealed_palmares_is_told_by_its_digest_alone(world, tmp_path):
    clients = {role: SecondFactorClient() for role in ROLES}
    clients["candidate"].force_login(world.people)
    crawl(world, clients)  # what a process reads once is read
    before, word, stored, sent = (
        crawl(world, clients),
        version(world.room.edition),
        files(tmp_path),
        len(mail.outbox),
    )
    world.change()

    after = crawl(world, clients)

    assert told_apart(before, after) == []
    assert (version(world.room.edition), files(tmp_path), len(mail.outbox)) == (word, stored, sent)
    page = before["anonymous", "palmares/<int:year>/"]
    digest = Seal.objects.get().sha256
    assert (page[0], digest in page[2].decode(), world.town.name in page[2].decode()) == (200, True, False)

    publish_now(world.room.edition, by=world.room.team)
    opened = set(told_apart(after, crawl(world, clients)))  # the probe does see a palmarès
    assert {
        ("anonymous", "palmares/<int:year>/"),
        ("anonymous", "api/v1/palmares/<int:year>/"),
        ("anonymous", "api/v1/palmares/<int:year>/carte.geojson"),
        ("anonymous", "statistiques/<int:year>/"),
        ("anonymous", "palmares/<int:year>/palmares.csv"),
        ("anonymous", "palmares/<int:year>/regions/<slug:slug>/"),
        ("anonymous", "partage/<slug:kind>/<slug:key>.png"),
        ("anonymous", "collectivites/<code>-<slug>/"),
    } <= opened
