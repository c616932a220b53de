"""A real browser on the real demo: the same `make demo` starts it, on a database of its own."""

import os
import queue
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[2]
READY = "Atlaas is ready: "
OUTSIDE = ("DATABASE_URL", "REDIS_URL")
NAMES = ("chromium", "chromium-browser", "google-chrome")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def own_database():
    """The address of a new empty database, dropped at the end."""
    name = f"journeys_{secrets.token_hex(4)}"
    parts = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield urlunsplit(parts._replace(path=f"/{name}"))
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def site(own_database, tmp_path_factory):
    """The origin of a running demo with the real data."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "REDIS_URL": os.environ["REDIS_URL"].partition("?")[0] + "?db=9",
        "ATLAAS_VAR": str(tmp_path_factory.mktemp("demo")),
        "PORT": str(port),
        "ATLAAS_DEMO_SIZE": "600",
    }
    with running_demo(environment):
        yield f"http://localhost:{port}"


@pytest.fixture(scope="session")
def own_services(tmp_path_factory):
    """The origin of a demo that owns its PostgreSQL, Valkey and worker, without fiches, and its state folder."""
    port, folder = free_port(), tmp_path_factory.mktemp("own")
    environment = {name: value for name, value in os.environ.items() if name not in OUTSIDE}
    environment |= {"ATLAAS_VAR": str(folder), "PORT": str(port), "ATLAAS_DEMO_SIZE": "0"}
    with running_demo(environment):
        yield f"http://localhost:{port}", folder


@contextmanager
def running_demo(environment):
    """The demo, from its line « ready » to its orderly end."""
    demo = subprocess.Popen(
        [sys.executable, "-m", "tools.demo"],
        cwd=ROOT,
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_until_ready(demo)
        yield
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(timeout=60)
        demo.stdout.close()


def wait_until_ready(demo, seconds=120):
    """Read what the demo prints, on a thread that goes on reading so that it never blocks."""
    lines = queue.Queue()
    threading.Thread(target=lambda: [lines.put(line) for line in demo.stdout], daemon=True).start()
    seen = []
    while True:
        try:
            seen.append(lines.get(timeout=seconds))
        except queue.Empty:
            pytest.fail("the demo is not ready:\n" + "".join(seen))
        if seen[-1].startswith(READY):
            return
        if demo.poll() is not None and lines.empty():
            pytest.fail("the demo stopped:\n" + "".join(seen))


@pytest.fixture(scope="session")
def browser():
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    arguments = [
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


class Visit:
    """One visitor: opens pages of the site, and remembers every request and every complaint of the console."""

    def __init__(self, browser, site, **options):
        self.site = site
        self.context = browser.new_context(locale="fr-FR", base_url=site, **options)
        self.page = self.context.new_page()
        self.requests = []
        self.complaints = []
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self.hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def hear(self, message):
        """Keep what the console calls an error; a page that is a 404 on purpose is none."""
        if message.type == "error" and "status of 404" not in message.text:
            self.complaints.append(message.text)

    def foreign_requests(self):
        return [url for url in self.requests if not url.startswith((self.site, "data:"))]


@pytest.fixture
def visit_own_services(browser, own_services):
    """A visit of that demo; its console may complain, for things break there on purpose."""
    one = Visit(browser, own_services[0])
    yield one
    one.context.close()


@pytest.fixture
def leave(own_database):
    """Take the demo's people out of the teams that a test gave them: the next journey finds them as it knows them."""
    codes = []
    yield codes.append
    with psycopg.connect(own_database, autocommit=True) as connection:
        connection.execute(
            "DELETE FROM atlaas_affiliation USING atlaas_collectivity AS place"
            " WHERE place.id = collectivity_id AND place.code = ANY(%s)",
            [codes],
        )


@pytest.fixture
def visit(browser, site):
    """Open a visit; every visit ends without a foreign request and without a complaint of the console."""
    visits = []

    def open_visit(**options):
        visits.append(Visit(browser, site, **options))
        return visits[-1]

    yield open_visit
    for one in visits:
        one.context.close()
        assert one.foreign_requests() == []
        assert one.complaints == []
