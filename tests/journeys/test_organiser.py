"""An organiser settles a level, and the figures follow: browser, web server, broker, worker, database."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


def figure(page, year, level_class):
    page.goto(f"/api/v1/statistiques/{year}/")
    found = re.search(rf'"{level_class}":\s*(\d+)', page.locator("body").inner_text())
    return int(found[1])


def test_signing_in_takes_one_click_on_the_bar(visit):
    page = visit().page
    page.goto("/palmares/2025/")

    page.get_by_role("button", name=re.compile("organisateur", re.IGNORECASE)).click()

    expect(page.get_by_role("link", name="Niveaux à confirmer")).to_be_visible()
