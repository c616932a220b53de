"""A candidacy in a real browser: from empty to the receipt by keyboard, two colleagues, a late one, « et si »."""

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
# A commune that may file: adhésion, three fiches that count, two of the demo's people in its team. 2041 is open, 2040 closed.
SEED = """
import datetime as dt
import django; django.setup()
from django.utils import timezone
from atlaas.models import Affiliation, Collectivity
from atlaas.queries.demo import demo_account
from labels.management.commands.import_edition_kit import KIT
from labels.models import Edition, Rulebook, Subscription
from labels.operations.edition_kit import import_edition_kit
from tests.factories.atlaas import published_sheet
town = Collectivity.objects.filter(kind="commune", sheets=None, affiliations=None, population__gt=5000).order_by("-code")[0]
people = {role: demo_account(role) for role in ("responsable", "valideur")}
for role, user in people.items():
    Affiliation.objects.create(user=user, collectivity=town, role=role)
for rank in range(3):
    published_sheet(town, by=people["responsable"], title=f"Une action de démonstration n° {rank}", is_running=True)
now = timezone.now()
for year, closes in ((2040, now - dt.timedelta(days=1)), (2041, now + dt.timedelta(days=20))):
    edition, created = Edition.objects.get_or_create(
        year=year,
        defaults={
            "coverage": "complete", "is_demo": True, "referential_year": 2025,
            "opens_at": now - dt.timedelta(days=40), "closes_at": closes,
        },
    )
    if created:
        Rulebook.objects.create(edition=edition)
        import_edition_kit(KIT, year=year)
    Subscription.objects.get_or_create(collectivity=town, year=year, defaults={"status": "active"})
print(town.code)
"""


@pytest.fixture
def town(own_database, site, leave):
    """The code of a commune that may file, new each time."""
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
    }
    seeded = subprocess.run(
        [sys.executable, "-c", SEED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    code = seeded.stdout.split()[-1]
    leave(code)
    return code


def signed_in(visit, role, **options):
    page = visit(**options).page
    page.goto("/palmares/")
    page.get_by_text("Essayer un rôle").click()
    page.get_by_role("button", name=re.compile(f"Devenir {role}", re.IGNORECASE)).click()
    return page


def violations(page):
    return [
        (one["id"], [node["html"][:200] for node in one["nodes"]])
        for one in Axe().run(page).response["violations"]
    ]


def press(page, name, role="button"):
    """By keyboard: focus, then Enter."""
    page.get_by_role(role, name=name, exact=True).focus()
    page.keyboard.press("Enter")


def fill(page):
    """Everything that the questionnaire of a ville asks, typed."""
    for label, words in (
        ("Nom de l’élu référent", "Dominique Exemple"),
        ("Fonction de l’élu", "Maire"),
        ("Nom de l’agent référent", "Camille Exemple"),
        ("Fonction de l’agent", "Directrice"),
        (re.compile("Combien d’agents travaillent"), "3"),
        (re.compile("Qu’est-ce qui a changé"), "Un bus va de hameau en hameau."),
    ):
        page.get_by_label(label).focus()
        page.keyboard.type(words)
    for choice in ("un service", "oui", "France services"):
        page.get_by_label(choice, exact=True).focus()
        page.keyboard.press("Space")


def test_from_empty_to_receipt_by_keyboard(visit, town):
    page = signed_in(visit, "responsable")
    page.goto(f"/espace/{town}/candidature/2041/")
    assert violations(page) == []
    press(page, "Commencer le dossier")
    expect(page.get_by_role("heading", level=1)).to_have_text("Le dossier de candidature")
    assert violations(page) == []

    fill(page)
    expect(page.locator("[data-status]")).to_have_text(re.compile("Enregistré à"))
    press(page, "Enregistrer et vérifier")
    expect(page.get_by_text("Le dossier est complet.")).to_be_visible()
    assert violations(page) == []

    page.goto(f"/espace/{town}/candidature/2041/fiches/")
    page.get_by_label(re.compile("Action phare")).first.focus()
    page.keyboard.press("Space")
    press(page, "Enregistrer le choix")
    expect(page.get_by_label(re.compile("Action phare")).first).to_be_checked()
    assert violations(page) == []

    page.goto(f"/espace/{town}/candidature/2041/verification/")
    press(page, "Déposer la candidature")
    expect(page.get_by_role("heading", level=1)).to_have_text("Accusé de dépôt")
    expect(page.locator("main")).to_contain_text("2041-")
    assert violations(page) == []


def test_the_same_without_scripts(visit, town):
    page = signed_in(visit, "responsable", java_script_enabled=False)
    page.goto(f"/espace/{town}/candidature/2041/")
    page.get_by_role("button", name="Commencer le dossier").click()
    page.get_by_role("button", name="Enregistrer et vérifier").click()
    expect(page.get_by_role("link", name="Le nom de l’élu référent")).to_have_attribute(
        "href", f"/espace/{town}/candidature/2041/#id_elected_name"
    )
    page.goto(f"/espace/{town}/candidature/2041/")
    fill(page)
    page.get_by_role("button", name="Enregistrer et vérifier").click()
    page.get_by_role("button", name="Déposer la candidature").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accusé de dépôt")


def test_two_colleagues_at_once_lose_nothing(visit, town):
    first = signed_in(visit, "responsable")
    other = visit(java_script_enabled=False)
    second = signed_in(lambda: other, "valideur")
    first.goto(f"/espace/{town}/candidature/2041/")
    first.get_by_role("button", name="Commencer le dossier").click()
    second.goto(f"/espace/{town}/candidature/2041/")
    first.get_by_label("Nom de l’élu référent").fill("La première")
    expect(first.locator("[data-status]")).to_have_text(re.compile("Enregistré à"))
    first.get_by_role("button", name="Enregistrer", exact=True).click()
    expect(first.get_by_label("Nom de l’élu référent")).to_have_value("La première")

    second.get_by_label("Nom de l’élu référent").fill("La seconde")
    second.get_by_label("Nom de l’agent référent").fill("Une agente")
    second.get_by_role("button", name="Enregistrer", exact=True).click()

    expect(second.get_by_role("heading", level=1)).to_have_text("Deux textes à réunir")
    expect(second.get_by_role("paragraph").filter(has_text="La première")).to_be_visible()
    second.get_by_role("group", name="Nom de l’élu référent").get_by_role("radio").nth(1).check()
    other.complaints.clear()  # the 409, as the browser says it
    second.get_by_role("button", name="Enregistrer ces choix").click()
    expect(second.get_by_label("Nom de l’élu référent")).to_have_value("La première")
    expect(second.get_by_label("Nom de l’agent référent")).to_have_value("Une agente")


def test_a_late_one_files_with_an_extension(visit, town):
    page = signed_in(visit, "responsable")
    page.goto(f"/espace/{town}/candidature/2040/")
    page.get_by_role("button", name="Commencer le dossier").click()
    fill(page)
    page.get_by_role("button", name="Enregistrer et vérifier").click()
    expect(page.get_by_text("Le dépôt n’est pas ouvert.")).to_be_visible()

    desk = signed_in(visit, "organisateur")
    desk.goto("/organisation/2040/")
    assert violations(desk) == []
    desk.get_by_role("table").first.get_by_role("link").first.click()
    desk.get_by_text("Accorder un délai").click()
    desk.get_by_label("Jusqu’au (heure de Paris)").fill("2199-01-01T18:00")
    desk.get_by_label("Motif").fill("Panne de réseau à la mairie")
    assert violations(desk) == []
    desk.get_by_role("button", name="Accorder", exact=True).click()
    expect(desk.get_by_text("Le délai est accordé")).to_be_visible()

    page.reload()
    expect(page.get_by_text("Délai accordé : dépôt jusqu’")).to_be_visible()
    page.get_by_role("button", name="Déposer la candidature").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Accusé de dépôt")


def test_what_if_recomputes_and_keeps_nothing(visit, town):
    page = signed_in(visit, "responsable")
    page.goto(f"/espace/{town}/prochain-arobase/")
    assert violations(page) == []
    boxes = page.get_by_role("checkbox")
    for rank in range(30):
        boxes.nth(rank * 3).check()
    page.get_by_role("button", name="Et si…").click()
    expect(page.get_by_text("Le jury est souverain.")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Tout décocher").click()
    expect(page.get_by_text("Rien n’est enregistré")).to_be_visible()
    for name in ("mosaique", "auto-evaluation"):
        page.goto(f"/espace/{town}/{name}/")
        assert violations(page) == []


@pytest.mark.parametrize("script", [True, False])
def test_services_are_said_not_concerned_in_one_save(visit, town, script):
    page = signed_in(visit, "responsable", java_script_enabled=script)
    page.goto(f"/espace/{town}/mosaique/")
    part = page.locator(".asides").nth(1)
    part.locator("summary").click()
    name = part.locator("label.choice").first.inner_text()
    for rank in (0, 1):
        part.get_by_role("checkbox").nth(rank).check()
    part.get_by_role("textbox").first.fill("Pas de port ici.")
    page.get_by_role("button", name="Enregistrer ces réponses").click()
    expect(page.get_by_text("Vos réponses sont enregistrées.")).to_be_visible()
    expect(page.get_by_role("link", name=f"{name}\u00a0: non concerné")).to_be_visible()
    expect(part.get_by_role("textbox").first).to_have_value("Pas de port ici.")
    if script:
        assert violations(page) == []

    for rank in (0, 1):
        part.get_by_role("checkbox").nth(rank).uncheck()
    page.get_by_role("button", name="Enregistrer ces réponses").click()
    expect(page.get_by_role("link", name=f"{name}\u00a0: 0\u00a0fiche")).to_be_visible()
