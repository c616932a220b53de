"""Sixty fiches renewed in a real browser, by keyboard alone, then without JavaScript."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
# A commune that has no fiche yet, in the charge of the demo's responsable: 50 fiches that go on, 4 to end, 6 to modify.
SEED = """
import django; django.setup()
from atlaas.models import Affiliation, Collectivity, Service
from atlaas.queries.demo import demo_account
from tests.factories.renewal import past_sheets
town = Collectivity.objects.filter(kind="commune", sheets=None, affiliations=None).order_by("-code")[0]
Affiliation.objects.create(user=demo_account("responsable"), collectivity=town, role="responsable")
past_sheets(60, town, service=Service.objects.first())
print(town.code)
"""


@pytest.fixture
def town(own_database, site):
    """The code of a commune with sixty fiches of last year."""
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
    }
    seeded = subprocess.run(
        [sys.executable, "-c", SEED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return seeded.stdout.split()[-1]


def opened(visit, town, **options):
    page = visit(**options).page
    page.goto("/palmares/")
    page.get_by_text("Essayer un rôle").click()
    page.get_by_role("button", name=re.compile("Devenir responsable", re.IGNORECASE)).click()
    page.goto(f"/espace/{town}/reconduction/")
    return page


def violations(page):
    return [(one["id"], len(one["nodes"])) for one in Axe().run(page).response["violations"]]


def test_sixty_fiches_are_renewed_by_keyboard(visit, town):
    page = opened(visit, town)
    expect(page.locator("#avancement")).to_contain_text("0 sur 60")
    assert violations(page) == []

    page.get_by_role("radiogroup").first.get_by_role("radio").first.focus()
    for _ in range(50):
        page.keyboard.press("e")
    for _ in range(4):
        page.keyboard.press("t")
        page.keyboard.type("01032026")
        page.keyboard.press("Enter")
    expect(page.locator("[data-count]")).to_contain_text("54 sur 60")
    page.get_by_role("button", name="Enregistrer les réponses", exact=True).focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").first).to_contain_text("54")
    expect(page.locator("#avancement")).to_contain_text("54 sur 60")
    assert violations(page) == []
    page.get_by_role("radiogroup").first.get_by_role("radio").first.focus()
    page.keyboard.press("m")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/espace/{town}/fiches/[0-9a-f-]{{36}}/"))


def test_sixty_fiches_are_renewed_without_javascript(visit, town):
    page = opened(visit, town, java_script_enabled=False)
    rows = page.locator("tbody tr")

    for number in range(4):
        rows.nth(number).get_by_label("terminée").check()
        rows.nth(number).get_by_label(re.compile("Date de fin")).fill("2026-03-01")
    for number in range(4, 10):
        rows.nth(number).get_by_label("modifiée", exact=True).check()
    page.get_by_role("button", name=re.compile("Toutes les fiches en cours")).click()

    expect(page.locator("#avancement")).to_contain_text("54 sur 60")
    expect(page.get_by_label("modifiée", exact=True).first).to_be_checked()
