"""Web server and worker as they run for people: an award changed in the admin reaches the page of the statistics."""

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


def ten_titles(browser):
    """What the page of the statistics says of the titles TEN."""
    page = browser.read("/statistiques/2025/")
    return int(re.search(r"titres TEN 2025</dt>\s*<dd>\s*(\d+)\s*</dd>", page)[1])


@pytest.mark.django_db(transaction=True)
def test_award_changed_in_the_admin_reaches_the_statistics(server, settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher"
    ]  # the one that the server knows
    chief = User.objects.create_superuser("chef@exemple.test", PASSWORD)
    EmailAddress.objects.create(user=chief, email=chief.email, primary=True, verified=True)
    TOTP.activate(chief, KEY)
    award = AwardFactory(level=3)
    recompute("2025")
    origin, told = server
    browser = Browser(origin)
    assert ten_titles(browser) == 0

    browser.send("/connexion/", login=chief.email, password=PASSWORD, next="/admin/")
    assert browser.send("/connexion/deuxieme-facteur/", code=totp_code(KEY)) == f"{origin}/admin/"
    changed = browser.send(
        f"/admin/labels/award/{award.pk}/change/",
        edition=award.edition_id,
        collectivity=award.collectivity_id,
        category="ville",
        level=5,
        **{
            "level_is_certain": "on",
            "version_read": 1,
            "is_ten": "on",
            "mentions-TOTAL_FORMS": 0,
            "mentions-INITIAL_FORMS": 0,
        },
    )

    assert changed == f"{origin}/admin/labels/award/"
    assert until(lambda: ten_titles(browser), told) == 1
    until(lambda: not Job.objects.exclude(state="done").exists(), told)  # it ends after its last writing
    assert [(job.state, job.attempts) for job in Job.objects.all()] == [("done", 1)]
