"""A juror reads by keyboard: the list, what changed in a dossier, the whole of it, one fiche; at every width, in the dark."""

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
# A seat whose ties are declared, three dossiers, one of them with the one of the year before; made once.
SEED = """
import datetime as dt
import django; django.setup()
from django.utils import timezone
from atlaas.models import Collectivity
from atlaas.queries.demo import demo_account
from jury.models import Assignment, Juror
from labels.models import Edition, JuryMember, Rulebook
from tests.factories.atlaas import UserFactory
from tests.factories.dossier import a_document, a_filed, a_sheet
now, day = timezone.now(), dt.timedelta(days=1)
editions = {}
for year in (2036, 2037):
    editions[year], created = Edition.objects.get_or_create(
        year=year,
        defaults={
            "coverage": "complete", "is_demo": True, "referential_year": 2025,
            "opens_at": now - 40 * day, "closes_at": now - day,
        },
    )
    if created:
        Rulebook.objects.create(edition=editions[year])
edition = editions[2037]
if not edition.candidacies.exists():
    UserFactory.reset_sequence(8000, force=True)  # each seed is a process of its own
    user = demo_account("valideur")
    member = JuryMember.objects.create(edition=edition, name="Noa Exemple", function="Chercheur (invention)")
    seat = Juror.objects.create(edition=edition, member=member, user=user, email=user.email, joined_at=now, declared_at=now)
    towns = Collectivity.objects.filter(kind="commune", population__gt=5000).order_by("sort_key")[:3]
    then = [a_sheet(n, text="Un mot.\\n\\nUn autre mot.") for n in range(6)]
    today = [a_sheet(n, text="Un mot.\\n\\nUn autre mot nouveau.") for n in range(2, 9)]
    a_filed(editions[2036], a_document(2036, then, {"un": "Non."}), collectivity=towns[0])
    for town in towns:
        Assignment.objects.create(
            juror=seat,
            candidacy=a_filed(edition, a_document(2037, today, {"un": "Oui."}), collectivity=town),
        )
"""
LIST = "/jury/2037/dossiers/"


@pytest.fixture
def seat(own_database, site):
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
    }
    subprocess.run([sys.executable, "-c", SEED], cwd=ROOT, env=environment, check=True)


def first_dossier(page):
    page.goto(LIST)
    page.locator(".shelf a").first.click()
    expect(page.get_by_role("heading", name="Ce qui a changé depuis 2036")).to_be_visible()


@pytest.mark.parametrize(("width", "theme"), [(360, "light"), (1280, "dark")])
def test_pages_of_reading_are_accessible_and_as_wide_as_the_screen(visit, seat, width, theme):
    page = signed_in(visit, "valideur", viewport={"width": width, "height": 800}, color_scheme=theme)
    first_dossier(page)
    pages = [
        LIST,
        page.url,
        f"{page.url}?vue=tout",
        page.locator("article.diff a").first.get_attribute("href"),
    ]

    for address in pages:
        page.goto(address)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_dossiers_are_gone_through_by_keyboard(visit, seat):
    page = signed_in(visit, "valideur")
    first_dossier(page)
    first = page.url

    page.keyboard.press("j")
    expect(page).not_to_have_url(first)
    expect(page.get_by_text("C’est son premier dossier ici")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page).to_have_url(first)
    page.keyboard.press("k")
    expect(page).to_have_url(first)

    page.keyboard.press("?")
    expect(page.get_by_text("ouvrir ou fermer cette aide")).to_be_visible()
    assert violations(page) == []
    page.get_by_label("Touches actives").uncheck()
    page.get_by_role("button", name="Fermer").click()
    page.reload()
    page.keyboard.press("j")
    expect(page).to_have_url(first)


def test_a_dossier_is_read_without_scripts(visit, seat):
    page = signed_in(visit, "valideur", java_script_enabled=False)
    first_dossier(page)

    expect(page.get_by_role("button", name="Au clavier")).to_have_count(0)
    page.get_by_role("link", name="Tout voir").click()
    expect(page.get_by_role("heading", name=re.compile("La mosaïque au dépôt"))).to_be_visible()
    page.get_by_role("link", name="Dossier suivant").click()
    expect(page.get_by_text("Dossier 2 sur 3 qui vous sont confiés")).to_be_visible()
