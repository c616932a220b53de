"""Fifteen jurors write twice a second to a real gunicorn, for twenty seconds, while the president closes the sitting."""

import html
import http.client
import json
import re
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from types import SimpleNamespace
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings

from atlaas.views.context import account_mark
from jury.models import Entry, Evaluation
from jury.queries.journal import verify
from tests.conftest import SecondFactorClient
from tests.factories.evaluation import a_grid
from tests.factories.sitting import Room
from tests.processes.test_statistics_refresh import running, until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.deep]
JURORS, SECONDS, EVERY, CLOSES_AFTER = 15, 20, 0.5, 10
PATIENCE = 120  # seconds; nothing is asserted of how long an answer takes
GUNICORN = (
    "--worker-class=gthread",
    "--workers=2",
    "--threads=8",
    "--no-control-socket",
    "--bind=127.0.0.1:0",
)
TOKEN = "x" * 32
CLOSED = "La séance est close : les évaluations ne changent plus."
FOUND, OK = http.client.FOUND, http.client.OK
REFUSALS = {403, 409, 422}  # 403: what the script that saves is told


@contextmanager
def serving(folder):
    """Host and port of a gunicorn on the database of the tests."""
    with running(folder, "web", "gunicorn", *GUNICORN, "atlaas.project.wsgi") as told:
        found = until(lambda: re.search(r"Listening at: (http://127\.0\.0\.1:\d+)", told()[1]), [told])
        yield urlsplit(found[1]).netloc


@dataclass
class Writer:
    """A juror with a session; every other write goes by the page, every other by the script that saves while one reads."""

    seat: object
    dossiers: list
    place: str
    answers: list = field(default_factory=list)
    versions: dict = field(default_factory=dict)
    notes: dict = field(default_factory=dict)

    def __post_init__(self):
        browser = SecondFactorClient()
        browser.force_login(self.seat.user)
        self.cookie = browser.cookies[settings.SESSION_COOKIE_NAME].value
        self.account = account_mark(SimpleNamespace(user=self.seat.user))

    def send(self, address, **fields):
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
        }
        connection = http.client.HTTPConnection(self.place, timeout=PATIENCE)
        try:
            connection.request("POST", address, urlencode(fields), headers)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        finally:
            connection.close()

    def write(self, turn):
        """One save; what was acknowledged is remembered with its version."""
        dossier, by_script = self.dossiers[turn % 2], turn // 2 % 2 == 1
        page = f"/jury/{dossier.edition.year}/dossiers/{dossier.pk}/evaluation/"
        version, note = self.versions.get(dossier.pk, 0), f"Tour {turn}"
        facts = {"version": version, "note": note, "s-etendue": turn % 5, "level": 1 + turn % 5}
        address = f"{page}enregistrement/" if by_script else page
        status, _, text = self.send(address, account=self.account, **facts)
        if status == (OK if by_script else FOUND):
            self.versions[dossier.pk] = json.loads(text)["version"] if by_script else version + 1
            self.notes[dossier.pk] = note
            self.answers.append((status, ""))
            return
        told = json.loads(text)["sentence"] if by_script else html.unescape(text)
        self.answers.append((status, told.replace("\u202f", " ").replace("\xa0", " ")))

    def work(self, start, is_closed):
        """Twice a second, at its own offset; then once more when the sitting is closed for sure."""
        for turn in range(int(SECONDS / EVERY)):
            time.sleep(max(0, start + turn * EVERY - time.monotonic()))
            self.write(turn)
        assert is_closed.wait(PATIENCE)
        self.write(turn + 1)


@pytest.fixture
def room():
    """Everyone sits and both dossiers are decided; each member still writes what they think."""
    room = Room(members=JURORS - 2)
    a_grid(room.edition)
    room.open()
    for rank in (0, 1):
        room.judge(rank)
    return room


def test_nothing_acknowledged_is_lost_and_nothing_follows_the_close(room, tmp_path):
    is_closed = Event()
    with serving(tmp_path) as place:
        writers = [Writer(seat, room.dossiers, place) for seat in room.everyone]
        president, start = Writer(room.president, room.dossiers, place), time.monotonic()

        def close():
            time.sleep(CLOSES_AFTER)
            answer = president.send(f"/jury/{room.edition.year}/seance/clore/")
            is_closed.set()
            return answer

        with ThreadPoolExecutor(JURORS + 1) as pool:
            working = [
                pool.submit(one.work, start + EVERY * rank / JURORS, is_closed)
                for rank, one in enumerate(writers)
            ]
            closing = pool.submit(close)
            for one in working:
                one.result()

    assert closing.result()[:2] == (FOUND, f"/jury/{room.edition.year}/pv/")
    assert_told_in_words(writers)
    assert_kept(writers)
    closed_at = room.sitting.closed_at
    assert not Evaluation.objects.filter(saved_at__gt=closed_at).exists()
    assert (Entry.objects.latest("rank").kind, verify(room.edition)) == ("closed", None)


def assert_told_in_words(writers):
    """Each wrote, and was refused at the end, with the sentence that says why."""
    answers = [one for writer in writers for one in writer.answers]
    refused = [(status, text) for status, text in answers if status not in {OK, FOUND}]
    assert {status for status, _ in refused} <= REFUSALS
    assert [text[:200] for _, text in refused if CLOSED not in text] == []
    assert [one.seat.pk for one in writers if not one.versions or one.answers[-1][0] not in REFUSALS] == []


def assert_kept(writers):
    """The tables hold the last note of every juror for every dossier, at the version that they were told."""
    rows = Evaluation.objects.values_list("juror", "candidacy", "version", "note")
    stored = {(juror, candidacy): told for juror, candidacy, *told in rows}
    acknowledged = {
        (one.seat.pk, key): [version, one.notes[key]]
        for one in writers
        for key, version in one.versions.items()
    }
    assert stored == acknowledged
