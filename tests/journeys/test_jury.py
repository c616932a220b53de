"""A juror declares a tie and takes it back without scripts (by keyboard: test_jury_keyboard.py)."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.test_candidacy import signed_in

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
# A seat that has declared nothing, for one of the demo's people, in the jury of an edition that is closed.
SEED = """
import datetime as dt
import django; django.setup()
from django.utils import timezone
from atlaas.queries.demo import demo_account
from jury.models import Assignment, Evaluation, Juror, Recusal
from labels.models import Edition, JuryMember, Rulebook
now = timezone.now()
edition, created = Edition.objects.get_or_create(
    year=2039,
    defaults={
        "coverage": "complete", "is_demo": True, "referential_year": 2025, "jury_on": now.date(),
        "opens_at": now - dt.timedelta(days=40), "closes_at": now - dt.timedelta(days=1),
    },
)
if created:
    Rulebook.objects.create(edition=edition)
user = demo_account("contributeur")
member, _ = JuryMember.objects.get_or_create(edition=edition, name="Sacha Exemple", function="Chercheuse (invention)")
facts = {"user": user, "email": user.email, "joined_at": now, "declared_at": None}
seat, _ = Juror.objects.update_or_create(edition=edition, member=member, defaults=facts)
Recusal.objects.filter(juror=seat).delete()
"""


@pytest.fixture
def seat(own_database, site):
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
    }
    subprocess.run([sys.executable, "-c", SEED], cwd=ROOT, env=environment, check=True)


def test_a_tie_is_declared_and_taken_back_without_scripts(visit, seat):
    own = visit(java_script_enabled=False)
    page = signed_in(lambda: own, "contributeur")
    page.goto("/jury/2039/liens/")
    page.get_by_label("Nom de la collectivité, code INSEE ou SIREN").fill("14271")
    page.get_by_role("button", name="Chercher").click()
    page.get_by_role("link", name=re.compile("Choisir")).click()
    page.get_by_role("button", name="Déclarer ce lien").click()
    expect(page.get_by_role("alert")).to_contain_text("Choisissez le lien.")
    own.complaints.clear()  # the 422, as the browser says it
    page.get_by_label("domicile", exact=True).check()
    page.get_by_role("button", name="Déclarer ce lien").click()
    page.get_by_role("button", name=re.compile("Ôter")).click()
    expect(page.get_by_role("heading", name=re.compile("^0\\slien déclaré$"))).to_be_visible()
    page.get_by_role("button", name="Je n’ai aucun lien").click()
    expect(page).to_have_url(re.compile("/jury/2039/$"))
