"""A member makes a note de synthèse: chooses, reads it, has it prepared, takes the PDF, erases it; without JavaScript too."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.pdf import accessibility_of, bare_text_of

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
# A hidden word is read after a space.
DOWNLOAD, ERASE = (re.compile(rf"^{verb}\s?, note de synthèse$") for verb in ("Télécharger", "Effacer"))
SECONDS = 60_000  # milliseconds that the worker of a busy machine may take
# A commune of Martinique in the charge of the demo's responsable, with its adhésion of the year.
SEED = """
import django; django.setup()
from django.utils import timezone
from atlaas.models import Affiliation, Collectivity
from atlaas.queries.demo import demo_account
from labels.models import Subscription
town = Collectivity.objects.filter(departement="972", sheets=None, affiliations=None).order_by("-code")[0]
Affiliation.objects.create(user=demo_account("responsable"), collectivity=town, role="responsable")
year = timezone.localdate().year
Subscription.objects.update_or_create(collectivity=town, year=year, defaults={"status": "active"})
print(town.code)
"""


@pytest.fixture
def code(own_database, site, leave):
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
        "ATLAAS_SECRET_KEY": "journey",
    }
    seeded = subprocess.run(
        [sys.executable, "-c", SEED], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    found = seeded.stdout.split()[-1]
    leave(found)
    return found


def signed_in(visit, **options):
    one = visit(**options)
    one.page.goto("/palmares/")
    one.page.get_by_text("Essayer un rôle").click()
    one.page.get_by_role("button", name=re.compile("Devenir responsable", re.IGNORECASE)).click()
    return one.page


def erase(page):
    page.get_by_role("button", name=ERASE).click()
    expect(page.get_by_text("Rien n’est encore préparé")).to_be_visible()


def violations(page):
    return {one["id"] for one in Axe().run(page).response["violations"]}


def choose_note(page, code):
    """Open the note, leave a chapter out, read the preview, then ask for the PDF."""
    page.goto(f"/espace/{code}/")
    page.get_by_role("link", name="Documents mis en page").click()
    page.locator(".documents").get_by_role("link", name="Note de synthèse").click()
    page.get_by_label("La comparaison avec des collectivités semblables").uncheck()
    page.get_by_role("button", name="Voir l’aperçu avec ces choix").click()
    expect(page.get_by_role("heading", name="La mosaïque des services")).to_be_visible()
    expect(page.get_by_role("heading", name="Parmi des collectivités semblables")).to_have_count(0)
    covered = page.locator(".document .figures dd").first.inner_text()
    assert violations(page) == set()
    page.get_by_role("button", name="Préparer le PDF").click()
    expect(page.get_by_role("heading", name="Documents préparés")).to_be_visible()
    return covered


def test_member_makes_a_note_and_erases_it(visit, code):
    page = signed_in(visit)
    covered = choose_note(page, code)

    with page.expect_download(timeout=SECONDS) as downloading:
        page.get_by_role("link", name=DOWNLOAD).click(timeout=SECONDS)

    content = Path(downloading.value.path()).read_bytes()
    assert downloading.value.suggested_filename.startswith(f"note-{code}-")
    assert f"{covered} service" in bare_text_of(content)
    tagged, title, shown, language, part = accessibility_of(content)
    assert (tagged, shown, language, part) == (True, True, "fr", "1")
    assert title.startswith("Note de synthèse – ")
    expect(page.get_by_text("Conservé jusqu’au")).to_be_visible()
    assert violations(page) == set()
    erase(page)


def test_member_makes_a_note_without_javascript(visit, code):
    page = signed_in(visit, java_script_enabled=False)
    page.goto(f"/espace/{code}/documents/note/")
    page.get_by_role("button", name="Préparer le PDF").click()
    ready = page.get_by_role("link", name=DOWNLOAD)

    for _ in range(60):
        if ready.count():
            break
        page.wait_for_timeout(1000)
        page.goto(f"/espace/{code}/documents/")

    expect(ready).to_be_visible()
    erase(page)
