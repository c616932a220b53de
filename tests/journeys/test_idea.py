"""An idea is found, copied, credited and told to those who had it: two collectivités, three people, a real browser."""

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
TITLE = "Les tablettes voyageuses de la médiathèque de Kerzélo"
OURS = "Nos tablettes prêtées à l’école de Fleury"
# A commune that has no fiche yet, read by the demo's contributeur: one fiche, whose idea is to be copied.
SEED = f"""
import django; django.setup()
from atlaas.models import Affiliation, Collectivity, Service
from atlaas.queries.demo import demo_account
from tests.factories.renewal import past_sheets
town = Collectivity.objects.filter(kind="commune", sheets=None, affiliations=None).order_by("code")[0]
Affiliation.objects.create(user=demo_account("contributeur"), collectivity=town, role="contributeur")
past_sheets(1, town, service=Service.objects.first(), title={TITLE!r})
print(town.name)
"""


@pytest.fixture(scope="module")
def source(own_database, site):
    """The name of the commune that had the idea."""
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
    }
    seeded = subprocess.run(
        [sys.executable, "-c", SEED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return seeded.stdout.strip().splitlines()[-1]


def become(page, role):
    page.goto("/palmares/")
    page.get_by_text("Essayer un rôle").click()
    page.get_by_role("button", name=re.compile(f"Devenir {role}", re.IGNORECASE)).click()


def violations(page):
    return [
        (one["id"], [node["target"] for node in one["nodes"]])
        for one in Axe().run(page).response["violations"]
    ]


def search(page):
    """By the words one remembers, without accents, then one filter."""
    page.goto("/fiches/")
    page.get_by_label("Que cherchez-vous").fill("tablette voyageuse mediatheque kerzelo")
    page.get_by_role("button", name="Chercher", exact=True).click()
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
    page.locator("#filtres details.facet li a").first.click()
    expect(page.get_by_role("list", name="Ce qui est demandé").get_by_role("listitem")).to_have_count(3)


def start(page):
    """From the list to the draft of our collectivité."""
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="Je m’en inspire").click()
    page.get_by_role("button", name="Commencer le brouillon").click()
    expect(page).to_have_url(re.compile(r"/espace/14271/fiches/[0-9a-f-]{36}/$"))
    expect(page.get_by_text("Inspirée de")).to_contain_text(TITLE)


def test_an_idea_is_found_copied_and_told_to_its_source(visit, source):
    agent = visit(permissions=["clipboard-read", "clipboard-write"]).page
    become(agent, "valideur")
    search(agent)
    assert violations(agent) == []
    agent.get_by_role("button", name="Copier le lien").click()
    expect(agent.get_by_text("Le lien est copié.")).to_be_visible()
    assert agent.evaluate("navigator.clipboard.readText()") == agent.url

    start(agent)
    assert violations(agent) == []
    agent.get_by_label("Titre", exact=True).fill(OURS)
    agent.get_by_label("En une phrase").fill("Chaque classe garde une malle de tablettes un trimestre.")
    agent.get_by_label("Le récit").fill("L’idée vient de Kerzélo ; nos écoles l’ont adaptée.")
    agent.get_by_role("button", name="Publier", exact=True).click()
    expect(agent.get_by_role("heading", level=1)).to_contain_text(OURS)
    expect(agent.get_by_role("main")).to_contain_text(TITLE)
    assert violations(agent) == []

    reader = visit().page
    become(reader, "contributeur")
    reader.goto("/espace/messages/")
    told = reader.get_by_role("link", name="Fleury-sur-Orne s’inspire de votre fiche").first
    expect(told).to_be_visible()
    assert violations(reader) == []
    told.click()
    expect(reader).to_have_url(re.compile(r"/fiches/[0-9a-f-]{36}/diffusion/$"))
    expect(reader.get_by_role("img", name=re.compile("Lignée"))).to_contain_text("Fleury-sur-Orne")
    line = reader.get_by_role("listitem").filter(has=reader.get_by_role("link", name=OURS))
    expect(line).to_contain_text(f"inspirée de la fiche de {source}")
    assert violations(reader) == []


def test_an_idea_is_found_and_copied_without_javascript(visit, source):
    page = visit(java_script_enabled=False).page
    become(page, "valideur")

    search(page)

    start(page)
