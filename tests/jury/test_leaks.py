"""The leak probe: a world, and the same world but for one secret; whoever has no right to it finds every answer equal.

Every route of the URLconf is asked by every role. Bodies, headers, statuses, lengths and numbers of queries are compared, once the
token of the forms, the nonce and the instants are masked. `leak_routes.txt` names every route: a new one is added there by hand,
and to `RIGHTS` when somebody may see a secret through it.
"""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from jury.choices import ItemState
from jury.models import AssignmentRun, Evaluation, Item, Recusal, Score
from jury.operations.evaluation import save, submit
from jury.operations.item import call, decide, end
from jury.operations.recusal import declare
from jury.operations.sitting import open_sitting
from jury.rules.assignment import Plan
from jury.rules.evaluation import Facts
from jury.rules.item import Decision, Votes
from labels.models import Edition
from tests.conftest import SecondFactorClient
from tests.factories.atlaas import CommuneFactory, UserFactory, agent_of
from tests.factories.jury import a_filed_candidacy, a_juror
from tests.test_access import Another, edition_to_come, routes

pytestmark = [pytest.mark.django_db, pytest.mark.deep]

MATRIX = Path(__file__).with_name("leak_routes.txt")
ROLES = ("anonymous", "agent", "candidate", "juror", "recused", "president", "organiser", "partner")
VARIES = {"Date", "Set-Cookie", "Content-Security-Policy", "Content-Security-Policy-Report-Only"}
MASKS = (
    (re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*'), rb"\1"),
    (re.compile(rb"(X-CSRFToken[^:]*: ?[^a-zA-Z0-9]*)[a-zA-Z0-9]{32,}"), rb"\1"),
    (re.compile(rb'nonce="[^"]*"'), b"nonce"),
    (re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.\d]*(\+\d\d:\d\d|Z)?"), b"instant"),
)
JURY, TEAM = "jury/<int:year>/", "organisation/<int:year>/jury/"
SHARE = {f"{TEAM}repartition/", f"{TEAM}repartition/apercu/<int:pk>/"}
TIES = {TEAM, f"{TEAM}sieges/<int:pk>/liens/"}
TABLE = {f"{JURY}seance/", f"{JURY}seance/etat/", f"{JURY}seance/ensemble/"}
# (secret, role) → the routes through which that role may see it; whoever is not here sees it nowhere.
RIGHTS = {
    ("identity", "president"): {f"{JURY}avancement/"},  # how far each member is, never what they gave
    ("identity", "organiser"): SHARE,  # what has begun does not move
    ("recusal", "organiser"): SHARE | TIES,
    ("recusal", "president"): {f"{JURY}avancement/"},
    ("decision", "juror"): TABLE,
    ("decision", "president"): TABLE,
}


class World(Another):
    """One dossier of a candidate, which a member has scored, and another one; the secrets are of the first."""

    def jury(self):
        self.edition = edition_to_come(2025)
        now = timezone.now()
        window = {"opens_at": now - timedelta(days=9), "closes_at": now + timedelta(days=1)}
        Edition.objects.filter(pk=self.edition.pk).update(**window)
        self.edition.refresh_from_db()
        self.dossier = a_filed_candidacy(self.edition, self.town)
        self.other = a_filed_candidacy(self.edition)
        Edition.objects.filter(pk=self.edition.pk).update(closes_at=now - timedelta(minutes=5))
        self.edition.refresh_from_db()
        self.president = a_juror(self.edition)
        type(self.president.member).objects.filter(pk=self.president.member_id).update(is_president=True)
        self.president.refresh_from_db()
        self.juror, self.recused, self.author, self.double = (a_juror(self.edition) for _ in range(4))
        self.tie = declare(self.recused, self.town, "home", by=self.recused.user)
        self.share = AssignmentRun.objects.create(
            edition=self.edition,
            seed=1,
            readers=1,
            plan=Plan(*[frozenset()] * 4).facts() | {"problems": []},
            by=self.people,
        )
        self.score()
        self.item = None

    def score(self):
        """The author alone gave their opinion on the dossier."""
        grid = self.edition.criteria.filter(category=self.dossier.category)
        facts = Facts({one.pk: 2 for one in grid}, 2, {}, "")
        saved = save(self.author, self.dossier, facts, 0, self.author.user)
        submit(self.author, self.dossier, saved.version, self.author.user)

    def sit(self):
        """The sitting is open, and the dossier decided."""
        chair = self.president.user
        present = [one.pk for one in (self.president, self.juror, self.recused, self.author, self.double)]
        sitting = open_sitting(self.edition, present, by=chair)
        self.item = sitting.items.get(candidacy=self.dossier)
        stored = call(self.item, by=chair)
        decide(stored, Decision(1, Votes(4, 0, 0), reason="Essai"), version=stored.version, by=chair)
        end(stored, by=chair)

    @property
    def numbered(self):
        found = super().numbered | {"liens": self.tie, "membres": self.juror}
        return found | {"points": self.item or self.tie}

    def value(self, route, name):
        if "uuid:pk" in route and ("jury/" in route or "candidatures/" in route) and name == "pk":
            return str(self.dossier.pk)
        words = {"sheet": str(self.sheet.pk), "token": "essai", "key": self.town.code}
        words |= dict.fromkeys(("slug", "name", "role", "section"), "essai")
        if name in words:
            return words[name]
        return super().value(route, name)

    def clients(self):
        people = {
            "agent": agent_of(CommuneFactory()),
            "candidate": self.people,
            "juror": self.juror.user,
            "recused": self.recused.user,
            "president": self.president.user,
            "organiser": UserFactory(is_organiser=True),
            "partner": UserFactory(),
        }
        found = {role: SecondFactorClient() for role in ROLES}
        for role, person in people.items():
            found[role].force_login(person)
        return found


def masked(body):
    for mask, shown in MASKS:
        body = mask.sub(shown, body)
    return body


def asked(client, role, address):
    headers = {"accept-encoding": "identity"}
    if role == "partner":
        headers["accept"] = "application/json"
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, headers=headers)
    body = masked(b"".join(answer.streaming_content) if answer.streaming else answer.content)
    told = {name: value for name, value in answer.headers.items() if name not in VARIES | {"Content-Length"}}
    return answer.status_code, told, body, len(body), len(queries)


def matrix():
    return [line.removeprefix("/") for line in MATRIX.read_text().splitlines()]


def crawl(world, clients):
    """Every answer by (role, route); what looking writes is taken back."""
    found = {}
    with transaction.atomic():
        for role, client in clients.items():
            for route in matrix():
                found[role, route] = asked(client, role, world.address(route))
        transaction.set_rollback(True)
    return found


def told_apart(before, after, secret):
    """The (role, route) that tell a secret to whoever has no right to it."""
    return sorted(
        key for key in before if before[key] != after[key] and key[1] not in RIGHTS.get((secret, key[0]), ())
    )


def another_score(world):
    Score.objects.filter(evaluation__candidacy=world.dossier).update(value=4)


def another_author(world):
    Evaluation.objects.filter(candidacy=world.dossier).update(juror=world.double)


def another_tie(world):
    Recusal.objects.create(
        juror=world.double, collectivity=world.other.collectivity, tie="home", by=world.double.user
    )


def another_decision(world):
    Item.objects.filter(pk=world.item.pk, state=ItemState.ENDED).update(level=2)


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World()


def with_secret(world, clients, change):
    """What everyone is answered once the secret is another one."""
    with transaction.atomic():
        change(world)
        found = crawl(world, clients)
        transaction.set_rollback(True)
    return found


def test_every_route_is_in_the_matrix():
    """Those of the admin left out: it registers nothing that a jury thinks or decides (`test_changelists`)."""
    assert sorted(one for one in set(routes()) if not one.startswith("admin/")) == matrix()


def test_a_secret_of_the_reading_is_told_to_nobody_else(world):
    clients = world.clients()
    crawl(world, clients)  # what a process reads once is read
    before = crawl(world, clients)

    told = {
        secret: told_apart(before, with_secret(world, clients, change), secret)
        for secret, change in (
            ("score", another_score),
            ("identity", another_author),
            ("recusal", another_tie),
        )
    }

    assert told == {"score": [], "identity": [], "recusal": []}


def test_a_decision_is_told_to_those_who_sit_alone(world):
    world.sit()
    clients = world.clients()
    crawl(world, clients)
    before = crawl(world, clients)

    after = with_secret(world, clients, another_decision)

    assert told_apart(before, after, "decision") == []
    assert before["president", f"{JURY}seance/"] != after["president", f"{JURY}seance/"]
