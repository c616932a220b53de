"""The zoomable map in a real browser: keyboard, popups, hostile titles, no JavaScript."""

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
# In Mayotte, where no other fiche of this file is: one fiche alone, whose title is an attack.
SEED = """
import django; django.setup()
from atlaas.models import Collectivity, Service
from tests.factories.renewal import past_sheets
towns = Collectivity.objects.filter(kind="commune", region="06", lon__isnull=False).order_by("code")
past_sheets(1, towns[0], service=Service.objects.first(), title='<img src=x onerror="document.title=1">')
past_sheets(5, towns[3], service=Service.objects.first())
"""


@pytest.fixture(scope="module")
def hostile(own_database, site):
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
    }
    subprocess.run([sys.executable, "-c", SEED], cwd=ROOT, env=environment, capture_output=True, check=True)


def violations(page):
    return [
        (one["id"], [node["html"] for node in one["nodes"]]) for one in Axe().run(page).response["violations"]
    ]


def test_map_is_walked_by_keyboard_and_hostile_words_stay_words(visit, hostile):
    page = visit(reduced_motion="reduce").page  # a popup that fades in is pale when axe looks
    page.goto("/carte/")
    expect(page.get_by_role("status").first).to_contain_text("dans cette fenêtre")

    page.get_by_role("button", name="Mayotte").focus()
    page.keyboard.press("Enter")
    mark = page.get_by_role("button", name=re.compile("<img src=x"))
    expect(mark).to_be_visible()
    mark.focus()
    page.keyboard.press("Enter")

    popup = page.locator(".leaflet-popup-content")
    expect(popup).to_contain_text('<img src=x onerror="document.title=1">')
    assert page.locator("main img").count() == 0
    assert page.title() != "1"
    assert violations(page) == []
    assert re.search(r"#\d+/-?\d+\.\d+/-?\d+\.\d+$", page.url)


def test_first_visit_is_light(visit, hostile):
    one = visit()
    sizes = []
    one.page.on("response", lambda response: sizes.append(response.request.sizes()["responseBodySize"]))
    one.page.goto("/carte/", wait_until="networkidle")

    assert len(one.requests) <= 10
    assert sum(sizes) <= 250_000


def test_without_javascript_the_list_and_the_drawn_map_serve(visit, hostile):
    page = visit(java_script_enabled=False).page
    page.goto("/carte/")

    page.locator("summary", has_text="Mayotte").click()

    expect(page.get_by_role("link", name="Toute la région")).to_be_visible()
    expect(page.locator("[data-map]")).to_be_hidden()
    assert page.get_by_role("img", name=re.compile("France métropolitaine")).count() == 1
