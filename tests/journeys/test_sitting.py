"""The closed day in three browsers: five dossiers, two recusals, a lost network, awards proposed, the minutes signed."""

import os
import re
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import expect

from tests.journeys.test_candidacy import signed_in, violations

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.journey, pytest.mark.xdist_group("journeys")]
PLACE = "/jury/2033/seance/"
# A president, two members, five dossiers; the first member is tied to the first dossier, the second to the last.
SEED = """
import datetime as dt
import django; django.setup()
from django.utils import timezone
from atlaas.models import Collectivity
from atlaas.queries.demo import demo_account
from jury.models import Juror, Recusal
from labels.models import Edition, JuryMember, Rulebook
from tests.factories.atlaas import UserFactory
from tests.factories.sitting import a_dossier
now, day = timezone.now(), dt.timedelta(days=1)
edition, created = Edition.objects.get_or_create(
    year=2033,
    defaults={
        "coverage": "complete", "is_demo": True, "referential_year": 2025,
        "opens_at": now - 40 * day, "closes_at": now - day,
    },
)
if created:
    Rulebook.objects.create(edition=edition)
    UserFactory.reset_sequence(6000, force=True)  # each seed is a process of its own
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


MINUTES = "/jury/2033/pv/"
AWAY = "Vous êtes en déport"


def test_a_sitting_of_five_is_presided_on_three_screens(visit, chamber, own_database):
    president, first = signed_in(visit, "valideur"), signed_in(visit, "contributeur")
    third = visit()
    members = (first, signed_in(lambda: third, "mandataire"))
    for page in (president, *members):
        page.goto(PLACE)
        expect(page.get_by_role("heading", level=1)).to_have_text("La séance n’est pas ouverte")
        assert violations(page) == []

    president.get_by_role("button", name="Ouvrir la séance").click()
    first.reload()
    lose_the_network(third)
    away = [judge(president, members) for _ in range(5)]
    assert [sum(one) for one in zip(*away, strict=True)] == [1, 1]

    president.get_by_role("button", name="Clore ce dossier").click()
    for address in (f"{PLACE}?vue=salle", f"{PLACE}ensemble/"):
        president.goto(address)
        assert violations(president) == []
    close_and_sign(president)
    for page in members:
        read_minutes_in_part(page)
    assert proposed(own_database) == [(3, True)] * 5
    desk = signed_in(visit, "organisateur")
    assert [page.goto("/palmares/2033/").status for page in (desk, *members)] == [
        404
    ] * 3  # until it is published


def proposed(own_database):
    """The awards of the edition, which no page tells yet: level, and whether it is certain."""
    with psycopg.connect(own_database) as connection:
        found = connection.execute(
            "SELECT level, level_is_certain FROM labels_award AS award"
            " JOIN labels_edition AS edition ON edition.id = edition_id WHERE year = 2033"
        )
        return found.fetchall()


def lose_the_network(visitor):
    """The page says so, and is right again by itself once it is back."""
    visitor.context.set_offline(True)
    notice = visitor.page.locator("[data-live-lost]")
    expect(notice).to_contain_text("La connexion est perdue")
    assert violations(visitor.page) == []
    visitor.context.set_offline(False)
    expect(notice).to_be_hidden()
    expect(visitor.page.get_by_text("Aucun dossier n’est sur la table.")).to_be_visible()
    visitor.complaints.clear()  # what was asked without a network, as the browser says it


def judge(president, members):
    """One dossier from its call to its decision; who of the members had to leave."""
    president.get_by_role("button", name=re.compile("^(Appeler|Clore et appeler)")).first.click()
    name = president.get_by_role("heading", level=1).inner_text()
    president.wait_for_timeout(2_000)  # what the pages promise: two seconds behind at most
    away = []
    for page in members:
        is_away = page.get_by_role("heading", name=AWAY).is_visible()
        is_heard = page.get_by_role("heading", level=2, name=name, exact=True).is_visible()
        assert (is_heard, name in page.locator("main").inner_text()) == (not is_away, not is_away)
        assert violations(page) == []
        away.append(is_away)
    assert violations(president) == []
    president.get_by_role("button", name="Arrêter la décision").click()
    expect(president.get_by_role("button", name="Annuler la décision")).to_be_visible()
    assert violations(president) == []
    return away


def close_and_sign(president):
    president.goto(PLACE)
    president.get_by_text("Clore la séance", exact=True).click()
    president.get_by_role("button", name="Clore la séance pour de bon").click()
    expect(president.get_by_role("heading", level=1)).to_have_text("Procès-verbal")
    expect(president.get_by_role("heading", level=2, name=re.compile("^5\\sdossiers$"))).to_be_visible()
    assert violations(president) == []
    president.get_by_role("button", name="Signer ce procès-verbal").click()
    expect(president.get_by_text(re.compile("Signé par Ariane Séance"))).to_be_visible()
    assert violations(president) == []
    with president.expect_download() as download:
        president.get_by_role("link", name="Le PDF").click()
    assert download.value.suggested_filename == "proces-verbal-2033.pdf"
    assert Path(download.value.path()).read_bytes()[:4] == b"%PDF"
    president.goto(PLACE)
    expect(president.get_by_role("heading", level=1)).to_have_text("La séance est close")
    assert violations(president) == []


def read_minutes_in_part(page):
    """A member reads them without the dossier that they are tied to, and signs nothing."""
    page.goto(MINUTES)
    expect(page.get_by_role("heading", level=2, name=re.compile("^4\\sdossiers$"))).to_be_visible()
    expect(page.get_by_role("button", name="Signer ce procès-verbal")).to_have_count(0)
    assert violations(page) == []
