"""A receipt and its countdown in a real browser: the machine's clock is wrong, the tab sleeps, there is no JavaScript."""

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
# A commune of Martinique in the charge of the demo's responsable, whose candidacy to an invented edition is filed.
SEED = """
import datetime as dt
import django; django.setup()
from atlaas.models import Affiliation, Collectivity
from atlaas.queries.demo import demo_account
from labels.models import Edition
from labels.operations.filing import file
from labels.queries.clock import now
from tests.factories.campaign import open_edition
from tests.factories.filing import a_complete_candidacy
town = Collectivity.objects.filter(departement="972", sheets=None, affiliations=None).order_by("code")[0]
by = demo_account("responsable")
Affiliation.objects.create(user=by, collectivity=town, role="responsable")
edition = Edition.objects.filter(year=2150).first()
edition = edition or open_edition(2150, is_demo=True, closes_at=now() + dt.timedelta(days=2, hours=5))
file(a_complete_candidacy(town, edition=edition, by=by), by=by, arrived_at=now())
print(town.code)
"""
WRONG_CLOCK = "const real = Date.now; Date.now = () => real() + 5 * 3600 * 1000;"


@pytest.fixture
def address(own_database, site, leave):
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
        "ATLAAS_SECRET_KEY": "journey",
    }
    seeded = subprocess.run(
        [sys.executable, "-c", SEED], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    code = seeded.stdout.split()[-1]
    leave(code)
    return f"/espace/{code}/candidature/2150/recu/1/"


def opened(visit, address, *, script="", **options):
    page = visit(**options).page
    if script:
        page.add_init_script(script)
    page.goto("/palmares/")
    page.get_by_text("Essayer un rôle").click()
    page.get_by_role("button", name=re.compile("Devenir responsable", re.IGNORECASE)).click()
    page.goto(address)
    return page


def test_receipt_counts_down_by_the_clock_of_the_server(visit, address):
    page = opened(visit, address, script=WRONG_CLOCK)

    expect(page.locator("[data-left]")).to_have_text(re.compile(r"^Il reste 2\sj 4\sh \d+\smin\.$"))
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []


def test_receipt_asks_the_server_again_when_it_is_shown(visit, address):
    page = opened(visit, address)
    expect(page.locator("[data-left]")).not_to_be_empty()

    with page.expect_response("**/heure/"):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def test_receipt_says_nothing_of_the_time_left_without_the_server(visit, address):
    page = opened(visit, address)
    expect(page.locator("[data-left]")).not_to_be_empty()

    page.route("**/heure/", lambda route: route.fulfill(status=404))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(page.locator("[data-left]")).to_be_empty()


def test_receipt_tells_both_clocks_without_javascript(visit, address):
    page = opened(visit, address, java_script_enabled=False)

    told = page.locator("[data-countdown] time")
    expect(told).to_have_text([re.compile(r"\(heure de Paris\)$"), re.compile(r"\(heure locale\)$")])
