"""Web server and worker as they run for people: a level that an organiser confirms reaches the statistics."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.db import connection

from atlaas.models import Job, User
from labels.operations.statistics import recompute
from tests.atlaas.people import totp_code
from tests.factories.labels import AwardFactory

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "un mot de passe long"
KEY = "JBSWY3DPEHPK3PXP"
PATIENCE = 60  # seconds; nothing is asserted of how long it takes
QUEUE_DATABASE = 9


def database_url():
    """The test database of this very process, as the environment of another one spells it."""
    facts = connection.settings_dict
    host = facts["HOST"]
    words = {"host": host} if host.startswith("/") else {}
    place = "" if host.startswith("/") else f"{host}:{facts['PORT']}" if facts["PORT"] else host
    secret = f":{quote(facts['PASSWORD'])}" if facts["PASSWORD"] else ""
    return f"postgresql://{quote(facts['USER'])}{secret}@{place}/{quote(facts['NAME'])}?{urlencode(words)}"


def redis_url():
    """A database of its own on the same server, so that no other worker takes the messages."""
    parts = urlsplit(settings.REDIS_URL)
    if parts.scheme == "unix":
        return f"unix://{parts.path}?db={QUEUE_DATABASE}"
    return f"{parts.scheme}://{parts.netloc}/{QUEUE_DATABASE}"


def environment(folder):
    ours = {
        "ATLAAS_DEBUG": "1",
        "ATLAAS_VAR": str(folder),
        "DATABASE_URL": database_url(),
        "REDIS_URL": redis_url(),
        "PYTHONUNBUFFERED": "1",
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | ours


@contextmanager
def running(folder, name, *command):
    """A process of ours, ended by its own number whatever happens; its log is beside it."""
    log = folder / f"{name}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=ROOT,
            env=environment(folder),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    try:
        yield lambda: (process.poll(), log.read_text())
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def until(look, told):
    """Look again until there is an answer; fail with what the processes told, never because they were slow."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.1)
    pytest.fail("\n".join(f"{code}\n{log}" for code, log in (one() for one in told)))


@pytest.fixture
def server(tmp_path):
    """The address of a real gunicorn, with a real worker behind it."""
    with ExitStack() as stack:
        web = stack.enter_context(
            running(
                tmp_path,
                "web",
                "gunicorn",
                "--bind=127.0.0.1:0",
                "--no-control-socket",
                "atlaas.project.wsgi",
            )
        )
        worker = stack.enter_context(
            running(
                tmp_path,
                "worker",
                "celery",
                "--app=atlaas.project",
                "worker",
                "--pool=solo",
                "--loglevel=info",
            )
        )
        until(lambda: " ready." in worker()[1], [web, worker])
        found = until(lambda: re.search(r"Listening at: (http://127\.0\.0\.1:\d+)", web()[1]), [web, worker])
        yield found[1], [web, worker]


class Browser:
    """Just enough of one: cookies, and the token of the form that was read."""

    def __init__(self, origin):
        self.origin = origin
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def read(self, path):
        with self.opener.open(self.origin + path, timeout=20) as answer:
            return answer.read().decode()

    def send(self, path, **fields):
        """Post the form at this address; answers the address that the answer leads to."""
        self.read(path)
        token = next(one.value for one in self.cookies if one.name == "csrftoken")
        body = urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        with self.opener.open(Request(self.origin + path, body), timeout=20) as answer:
            return answer.url


def confirmed(browser):
    """How many laureates of France the statistics give at 5 @."""
    told = json.loads(browser.read("/api/v1/statistiques/2025/"))
    (france,) = (one for one in told["rows"] if one["region"] is None and not one["category"])
    return {one["level"]: one["count"] for one in france["levels"]}["5"]


@pytest.mark.django_db(transaction=True)
def test_level_confirmed_by_an_organiser_reaches_the_statistics(server, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher"
    ]  # the one that the server knows
    chief = User.objects.create_user("chef@exemple.test", PASSWORD, is_organiser=True)
    EmailAddress.objects.create(user=chief, email=chief.email, primary=True, verified=True)
    TOTP.activate(chief, KEY)
    award = AwardFactory(level=4, level_is_certain=False)
    recompute("2025")
    origin, told = server
    browser = Browser(origin)
    assert confirmed(browser) == 0
    screen = "/organisation/2025/niveaux/"

    browser.send("/connexion/", login=chief.email, password=PASSWORD, next=screen)
    assert browser.send("/connexion/deuxieme-facteur/", code=totp_code(KEY)) == origin + screen
    changed = browser.send(
        screen,
        **{f"niveau-{award.pk}": 5, "versions": f"{award.pk}:1", "raison": "Photo du palmarès", "liste": ""},
    )

    assert changed == origin + screen
    assert until(lambda: confirmed(browser), told) == 1
    until(lambda: not Job.objects.exclude(state="done").exists(), told)  # it ends after its last writing
    assert [(job.state, job.attempts) for job in Job.objects.filter(kind="statistics")] == [("done", 1)]
