"""A juror scores a dossier in two windows, on a phone, without scripts (whole and by keyboard: test_jury_keyboard.py)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.test_candidacy import press, signed_in, violations

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
# One of the demo's people presides the jury of a closed edition; another juror handed their evaluation in; a new dossier each time.
SEED = """
import datetime as dt
import django; django.setup()
from django.utils import timezone
from atlaas.models import Collectivity
from atlaas.queries.demo import demo_account
from jury.operations.evaluation import save, submit
from jury.rules.evaluation import Facts
from labels.management.commands.import_edition_kit import KIT
from labels.models import Edition, Rulebook
from labels.operations.edition_kit import import_edition_kit
from tests.factories.atlaas import UserFactory
from tests.factories.jury import a_juror
from tests.factories.recusal import entrusted, judged
now = timezone.now()
dates = {"opens_at": now - dt.timedelta(days=40), "closes_at": now - dt.timedelta(days=1)}
facts = {"coverage": "complete", "is_demo": True, "referential_year": 2025}
edition, created = Edition.objects.get_or_create(year=2038, defaults=facts | dates)
user = demo_account("valideur")
UserFactory.reset_sequence(5000 + 10 * edition.candidacies.count(), force=True)  # each seed is a process of its own
if created:
    Rulebook.objects.create(edition=edition)
    import_edition_kit(KIT, year=edition.year)
    a_juror(edition, president=True, user=user)
    a_juror(edition)
towns = Collectivity.objects.filter(kind="commune").exclude(candidacies__edition=edition)
dossier = judged(edition, towns.order_by("code").first())
for one in edition.jurors.all():
    entrusted(one, dossier)
other = edition.jurors.exclude(user=user).get()
scores = {one.pk: 2 for one in edition.criteria.filter(category=dossier.category)}
submit(other, dossier, save(other, dossier, Facts(scores, 3), 0, other.user).version, other.user)
print(dossier.pk)
"""


@pytest.fixture
def place(own_database, site):
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
    }
    told = subprocess.run(
        [sys.executable, "-c", SEED], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return f"/jury/2038/dossiers/{told.stdout.split()[-1]}/evaluation/"


def score(page, rank, arrows):
    """Reach a group of radio buttons by keys, and move in it."""
    page.locator("fieldset.criterion").nth(rank).locator("input").first.focus()
    page.keyboard.press("Space")
    for _ in range(arrows):
        page.keyboard.press("ArrowRight")


def test_two_windows_are_brought_together(visit, place):
    one = visit()
    page = signed_in(lambda: one, "valideur")
    page.goto(place)
    other = page.context.new_page()
    other.goto(place)
    score(other, 0, 1)
    expect(other.get_by_role("status").filter(has_text="Enregistré à")).to_be_visible(timeout=15_000)

    score(page, 0, 3)
    page.get_by_role("button", name="Comparer les deux textes").click(timeout=15_000)

    expect(page.get_by_role("heading", level=1)).to_have_text("Deux saisies à réunir")
    assert violations(page) == []
    one.complaints.clear()  # the 409s, as the browser says them
    press(page, "Enregistrer ces choix")
    expect(page.locator("fieldset.criterion").first.locator("input:checked")).to_have_value("3")


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_an_evaluation_are_accessible_and_as_wide_as_the_screen(visit, place, width):
    page = signed_in(visit, "valideur", viewport={"width": width, "height": 800}, color_scheme="dark")
    for address in (place, "/jury/2038/", "/jury/2038/avancement/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert violations(page) == []
        if folder := os.environ.get("SHOTS"):
            page.screenshot(path=f"{folder}/{width}-{address.strip('/').split('/')[-1]}.png", full_page=True)


def test_a_dossier_is_scored_without_scripts(visit, place):
    page = signed_in(visit, "valideur", java_script_enabled=False)
    page.goto(place)
    groups = page.locator("fieldset.criterion")
    for rank in range(groups.count()):
        groups.nth(rank).locator("input").nth(1).check()
    page.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(page.get_by_text(re.compile("L’évaluation est enregistrée"))).to_be_visible()
    page.get_by_role("button", name="Remettre").click()
    expect(page.get_by_text("Remise le")).to_be_visible()
