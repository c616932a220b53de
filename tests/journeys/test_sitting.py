"""The closed day in three browsers: five dossiers, two recusals, a lost network, the minutes signed."""

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
PLACE = "/jury/2043/seance/"
# A president, two members, five dossiers; the first member is tied to the first dossier, the second to the last.
SEED = """
import datetime as dt
import django; django.setup()
from django.utils import timezone
from atlaas.models import Collectivity
from atlaas.queries.demo import demo_account
from jury.models import Juror, Recusal
from labels.models import Edition, JuryMember, Rulebook
from tests.factories.sitting import a_dossier
now, day = timezone.now(), dt.timedelta(days=1)
edition, created = Edition.objects.get_or_create(
    year=2043,
    defaults={
        "coverage": "complete", "is_demo": True, "referential_year": 2025,
        "opens_at": now - 40 * day, "closes_at": now - day,
    },
)
if created:
    Rulebook.objects.create(edition=edition)
    towns = list(Collectivity.objects.filter(kind="commune", population__gt=5000).order_by("sort_key")[:5])
    for town in towns:
        a_dossier(edition, town)
    for role, name, tied in (
        ("valideur", "Ariane Séance", None), ("contributeur", "Basile Séance", 0), ("mandataire", "Chloé Séance", 4),
    ):
        user = demo_account(role)
        member = JuryMember.objects.create(edition=edition, name=name, is_president=tied is None)
        seat = Juror.objects.create(
            edition=edition, member=member, user=user, email=user.email, joined_at=now, declared_at=now
        )
        if tied is not None:
            Recusal.objects.create(juror=seat, collectivity=towns[tied], tie="home", by=user)
"""


@pytest.fixture
def chamber(own_database, site):
    environment = os.environ | {
        "DATABASE_URL": own_database,
        "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
    }
    subprocess.run([sys.executable, "-c", SEED], cwd=ROOT, env=environment, check=True)


def test_a_sitting_of_five_is_presided_on_three_screens(visit, chamber):
    president, first, second = (signed_in(visit, role) for role in ("valideur", "contributeur", "mandataire"))
    members = (first, second)
    for page in (president, *members):
        page.goto(PLACE)
        expect(page.get_by_role("heading", level=1)).to_have_text("La séance n’est pas ouverte")
    assert violations(president) == []

    president.get_by_role("button", name="Ouvrir la séance").click()
    for page in members:
        page.reload()
    away = [0, 0]
    for _ in range(5):
        president.get_by_role("button", name=re.compile("^(Appeler|Clore et appeler)")).first.click()
        name = president.get_by_role("heading", level=1).inner_text()
        president.wait_for_timeout(2_000)  # what the pages promise: two seconds behind at most
        for rank, page in enumerate(members):
            is_away = page.get_by_role("heading", name="Vous êtes en déport").is_visible()
            is_heard = page.get_by_role("heading", level=2, name=name, exact=True).is_visible()
            away[rank] += is_away
            assert (is_heard, name in page.locator("main").inner_text()) == (not is_away, not is_away)
        assert violations(president) == []
        president.get_by_role("button", name="Arrêter la décision").click()
        expect(president.get_by_role("button", name="Annuler la décision")).to_be_visible()
    assert away == [1, 1]
    assert violations(first) == []

    president.get_by_role("button", name="Clore ce dossier").click()
    president.goto(f"{PLACE}ensemble/")
    assert violations(president) == []
    president.goto(PLACE)
    president.get_by_text("Clore la séance", exact=True).click()
    president.get_by_role("button", name="Clore la séance pour de bon").click()
    expect(president.get_by_role("heading", level=1)).to_have_text("Procès-verbal")
    assert violations(president) == []
    president.get_by_role("button", name="Signer ce procès-verbal").click()
    expect(president.get_by_text(re.compile("Signé par Ariane Séance"))).to_be_visible()
