"""A juror does all of their work by keyboard alone: ties, then three dossiers opened, scored, remarked, saved and handed in."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.test_candidacy import signed_in, violations

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
# A seat that has declared nothing, four dossiers entrusted to it (the juror is tied to one), another juror who handed in.
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
from tests.factories.dossier import a_document, a_filed, a_sheet
from tests.factories.jury import a_juror
from tests.factories.recusal import entrusted
now = timezone.now()
edition = Edition.objects.create(
    year=2034, coverage="complete", is_demo=True, referential_year=2025, jury_on=now.date(),
    opens_at=now - dt.timedelta(days=40), closes_at=now - dt.timedelta(days=1),
)
Rulebook.objects.create(edition=edition)
import_edition_kit(KIT, year=edition.year)
UserFactory.reset_sequence(7000, force=True)
seat = a_juror(edition, user=demo_account("contributeur"), declared_at=None)
seat.member.name = "Sacha Exemple"
seat.member.save()
other = a_juror(edition)
towns = list(Collectivity.objects.filter(kind="commune", population__gt=5000).exclude(code="14271").order_by("sort_key")[:3])
for town in (Collectivity.objects.get(code="14271"), *towns):
    sheets = [a_sheet(f"{town.code} {rank}") for rank in range(3)]
    dossier = a_filed(edition, a_document(edition.year, sheets, {"un": "Oui."}), collectivity=town)
    entrusted(seat, dossier)
scores = {one.pk: 2 for one in edition.criteria.filter(category=dossier.category)}
submit(other, dossier, save(other, dossier, Facts(scores, 3), 0, other.user).version, other.user)
"""
MOST_TABS = 150


@pytest.fixture
def seat(own_database, site):
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
    }
    subprocess.run([sys.executable, "-c", SEED], cwd=ROOT, env=environment, check=True)


def reach(page, place, key="Tab"):
    """Go from field to field until the one that is meant has the focus."""
    expect(place).to_be_visible()
    for _ in range(MOST_TABS):
        if place.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    pytest.fail(f"no key leads to {place}")


def follow(page, name, role="link"):
    reach(page, page.get_by_role(role, name=name))
    page.keyboard.press("Enter")


def declare(page, words, place, tie, since=""):
    """Search, choose, say which tie."""
    reach(page, page.get_by_label("Nom de la collectivité, code INSEE ou SIREN"))
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type(words)
    follow(page, re.compile(f"^Choisir.*: {re.escape(place)},"))
    expect(page.get_by_role("heading", name=re.compile("Votre lien avec"))).to_contain_text(place)
    radio = page.get_by_label(tie, exact=True)
    reach(page, page.locator("input[name=tie]").first)
    while not radio.is_checked():
        page.keyboard.press("Space")
        if not radio.is_checked():
            page.keyboard.press("ArrowDown")
    reach(page, page.get_by_label("Depuis quelle année ?"))
    page.keyboard.type(since)
    assert violations(page) == []
    follow(page, "Déclarer ce lien", role="button")


def end_declaration(page):
    follow(page, "Déclarer mes liens")
    expect(page.get_by_role("button", name="Je n’ai aucun lien")).to_be_visible()
    assert violations(page) == []
    declare(page, "fleury sur orne", "Fleury-sur-Orne", "mandat d’élu", "2020")
    expect(page.get_by_role("heading", name=re.compile("^1\\slien déclaré$"))).to_be_visible()
    expect(page.locator("main")).to_contain_text("et son EPCI, ")
    declare(page, "pays ajaccien", "CA du Pays Ajaccien", "client ou prestataire")
    expect(page.get_by_role("heading", name=re.compile("^2\\sliens déclarés$"))).to_be_visible()
    follow(page, "J’ai déclaré tous mes liens", role="button")
    expect(page.get_by_text(re.compile("2\\sliens déclarés"))).to_be_visible()


def score(page):
    """Every criterion by a digit, which leads to the next one; then the level."""
    groups = page.locator("fieldset.criterion")
    page.keyboard.press("s")
    for rank in range(groups.count() - 1):
        page.keyboard.press(str(rank % 5))
    page.keyboard.press("5")
    told = [one.get_attribute("value") for one in groups.locator("input:checked").all()]
    assert told == [*(str(rank % 5) for rank in range(groups.count() - 1)), "5"]


def remark_and_save(page):
    page.keyboard.press("r")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_text(re.compile("Remarques par enjeu"))).to_be_visible()
    reach(page, page.get_by_label("Note pour vous"))
    page.keyboard.type("Je relis ses notes.")  # of which no letter is a command here
    page.keyboard.press("Tab")
    page.keyboard.press("e")
    expect(page.get_by_role("status").filter(has_text="Enregistré à")).to_be_visible(timeout=15_000)
    expect(page.locator("[data-remark]")).to_have_text("Tout est là\u00a0: vous pouvez remettre.")


def hand_in(page):
    follow(page, "Remettre", role="button")
    expect(page.get_by_text("Remise le")).to_be_visible()
    expect(page.get_by_label("Note pour vous")).to_have_value("Je relis ses notes.")
    assert page.locator("#remarques option:checked:not([value=''])").count() == 1


def test_ties_are_declared_and_three_dossiers_judged_by_keyboard(visit, seat):
    page = signed_in(visit, "contributeur")
    page.goto("/jury/")
    expect(page).to_have_url(re.compile("/jury/2034/$"))
    assert violations(page) == []
    end_declaration(page)
    expect(page).to_have_url(re.compile("/jury/2034/$"))

    follow(page, "Ouvrir la liste des dossiers")
    expect(page.get_by_role("heading", level=2, name=re.compile("^3\\sdossiers$"))).to_be_visible()
    assert violations(page) == []
    reach(page, page.locator(".shelf a").first)
    page.keyboard.press("Enter")
    for rank in (1, 2, 3):
        expect(page.get_by_text(f"Dossier {rank} sur 3 qui vous sont confiés")).to_be_visible()
        score(page)
        remark_and_save(page)
        assert violations(page) == []
        hand_in(page)
        page.keyboard.press("j")

    expect(page.get_by_role("columnheader", name="Un autre membre (A)")).to_be_visible()
    change_the_level(page)
    page.goto("/jury/2034/")
    expect(page.locator("main")).to_contain_text(re.compile("3\\sévaluations remises sur 3"))
    the_association_sees_the_ties(signed_in(visit, "organisateur"))


def change_the_level(page):
    """After hand-in, with a reason."""
    reach(page, page.get_by_text("Changer une note ou le niveau"))
    page.keyboard.press("Enter")
    reach(page, page.get_by_label("Ce qui change"))
    page.keyboard.press("End")
    reach(page, page.get_by_label("Nouvelle valeur"))
    page.keyboard.type("4")
    reach(page, page.get_by_label("Pourquoi, en une ligne"))
    page.keyboard.type("Discuté")
    assert violations(page) == []
    follow(page, "Changer", role="button")
    expect(page.get_by_text("Ce que vous avez changé")).to_be_visible()


def the_association_sees_the_ties(desk):
    desk.goto("/organisation/2034/jury/")
    assert violations(desk) == []
    desk.get_by_role("link", name=re.compile("2\\sliens de Sacha Exemple")).click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Liens de Sacha Exemple")
    assert violations(desk) == []
