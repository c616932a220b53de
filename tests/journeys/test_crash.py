"""PostgreSQL and the worker are killed while somebody writes: the demo's supervisor starts them again, no word is lost."""

import os
import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.deep, pytest.mark.xdist_group("journeys")]
SAVED = re.compile(r"Enregistré à \d+\sh\s\d\d")
RECOVERY = 60_000  # milliseconds: the keeper, a recovery of PostgreSQL, the next attempt of the editor


@pytest.fixture
def writing(visit_own_services):
    """The page of a new fiche with a first title that is saved."""
    page = visit_own_services.page
    page.goto("/palmares/")
    page.get_by_text("Essayer un rôle").click()
    page.get_by_role("button", name=re.compile("Devenir responsable", re.IGNORECASE)).click()
    page.goto("/espace/14271/fiches/nouvelle/")
    page.get_by_label("Titre", exact=True).fill("Avant la panne")
    expect(page.locator("[data-status]")).to_have_text(SAVED)
    return page


def postmaster(folder):
    """The pid in the cluster of this folder, which may have had to be beside it."""
    note = folder / "external-folder"
    home = Path(note.read_text()) if note.exists() else folder / "postgres"
    return int((home / "data" / "postmaster.pid").read_text().split()[0])


def workers(folder):
    """The processes of this folder's worker."""
    mine = f"ATLAAS_VAR={folder}".encode()
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
            if b"worker" in words and mine in (process / "environ").read_bytes().split(b"\0"):
                found.add(int(process.name))
        except OSError:
            continue
    return found


def test_killing_postgresql_and_the_worker_while_typing_loses_nothing(writing, own_services):
    _, folder = own_services
    killed = {postmaster(folder), *workers(folder)}
    assert len(killed) > 1
    title = writing.get_by_label("Titre", exact=True)

    title.press_sequentially(" et pendant")
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    title.press_sequentially(" aussi")

    expect(writing.locator("[data-status]")).to_have_text(SAVED, timeout=RECOVERY)
    writing.evaluate("localStorage.clear()")
    writing.goto(writing.url)
    expect(writing.get_by_label("Titre", exact=True)).to_have_value("Avant la panne et pendant aussi")
    writing.wait_for_timeout(500)
    assert postmaster(folder) not in killed
    assert workers(folder) - killed != set()
