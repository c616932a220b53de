"""An organiser seals a palmarès, sets its hour and publishes it; the public reads the digest first, then the palmarès."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.test_candidacy import signed_in, violations

ROOT = Path(__file__).resolve().parents[2]
YEAR, TOWN = 2032, "Fleury-sur-Orne"
PATIENCE = 90  # seconds: a lost wake waits for the sweep
BEFORE = f"""
import django; django.setup()
from atlaas.models import Collectivity
from labels.models import Edition
from tests.factories.seal import SignedRoom
room = SignedRoom(levels=(3,), town=Collectivity.objects.get(code="14271"), year={YEAR})
Edition.objects.filter(pk=room.edition.pk).update(is_demo=True)
"""
AFTER = f"""
import django; django.setup()
from labels.models import Edition
from labels.operations.demo_erasure import erase
erase(Edition.objects.get(year={YEAR}))
"""
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]


@pytest.fixture
def signed_minutes(own_database, site):
    """An invented edition whose jury has signed; erased afterwards, so that no other journey meets its palmarès."""
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
    }
    for step, script in enumerate((BEFORE, AFTER)):
        if step:
            yield
        subprocess.run([sys.executable, "-c", script], cwd=ROOT, env=environment, check=True)


def sealed(page):
    """The digest, once the worker has sealed."""
    give_up_at = time.monotonic() + PATIENCE
    while not page.get_by_role("heading", name="L’empreinte").count() and time.monotonic() < give_up_at:
        page.wait_for_timeout(500)
        page.reload()
    return (
        page.locator("section", has=page.get_by_role("heading", name="L’empreinte"))
        .locator("code")
        .inner_text()
    )


def test_an_organiser_seals_sets_the_hour_and_publishes(visit, signed_minutes):
    page, public = signed_in(visit, "organisateur"), visit().page
    page.goto(f"/organisation/{YEAR}/")
    page.get_by_role("link", name="Palmarès", exact=True).last.click()
    expect(page).to_have_url(re.compile(f"/organisation/{YEAR}/palmares/$"))
    assert violations(page) == []

    page.get_by_text("Sceller le palmarès").click()
    page.get_by_role("button", name="Oui, sceller").click()
    digest = sealed(page)
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert violations(page) == []

    public.goto(f"/palmares/{YEAR}/")
    expect(public.get_by_text(digest)).to_be_visible()
    assert TOWN not in public.content()
    assert violations(public) == []

    page.get_by_label("Jour et heure (heure de Paris)").fill("2199-02-04T18:30")
    page.get_by_role("button", name="Fixer l’heure").click()
    expect(page.get_by_text("4 février 2199 à 18:30")).to_be_visible()

    page.get_by_role("link", name="Publier maintenant").click()
    assert violations(page) == []
    page.get_by_role("button", name="Oui, publier").click()
    expect(page.get_by_role("heading", name="Le palmarès est public")).to_be_visible()
    assert violations(page) == []

    public.reload()
    expect(public.get_by_role("link", name=TOWN).first).to_be_visible()
    expect(public.get_by_text(digest)).to_be_visible()
    assert violations(public) == []
