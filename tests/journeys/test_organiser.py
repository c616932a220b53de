"""An organiser settles a level, and the figures follow: browser, web server, broker, worker, database."""

import re
import time

import pytest
from playwright.sync_api import expect

LONGEST_WAIT = 90  # seconds: beat sweeps each minute, and the job itself takes a second or two
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


@pytest.fixture
def organiser(visit):
    """A page on which the bar « démonstration » has signed an organiser in, by one click."""
    page = visit().page
    page.goto("/palmares/2025/")
    page.get_by_text("Essayer un rôle").click()
    page.get_by_role("button", name=re.compile("organisateur", re.IGNORECASE)).click()
    expect(page.get_by_role("link", name="Niveaux à confirmer")).to_be_visible()
    return page


def unconfirmed(page):
    page.goto("/statistiques/2025/")
    page.locator("section", has=page.locator("#t-niveaux")).locator("summary").click()
    row = page.locator("tr", has=page.get_by_role("rowheader", name=re.compile("4 ou 5"))).first
    return int(row.locator("td.num").first.inner_text())


def first_change(page, before):
    """The count once it has changed, or as it was: the worker is another process, a lost wake waits for the sweep."""
    give_up_at = time.monotonic() + LONGEST_WAIT
    while (now := unconfirmed(page)) == before and time.monotonic() < give_up_at:
        page.wait_for_timeout(250)
    return now


def test_confirming_a_level_changes_the_figures(organiser):
    before = unconfirmed(organiser)

    organiser.get_by_role("link", name="Niveaux à confirmer").click()
    organiser.get_by_role("group", name=re.compile("Objat")).get_by_label(re.compile("^5")).check()
    organiser.get_by_label("D’où viennent ces niveaux").first.fill("Essai de la démonstration")
    organiser.get_by_role("button", name="Enregistrer les choix").first.click()

    expect(organiser.get_by_role("status").first).to_contain_text("enregistré")
    assert first_change(organiser, before) == before - 1
