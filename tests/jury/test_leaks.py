"""The leak probe: a world, and the same world but for one secret; whoever has no right to it finds every answer equal.

`leak_routes.txt` names every route but those of the admin: who adds one says there that its answers were thought of, and here
when it tells somebody a secret. What each role is told is compared as a whole: a right that is no longer used fails too.
"""

from pathlib import Path

import pytest
from django.urls import reverse

from jury.models import Evaluation, Recusal, Score, Sitting
from jury.operations.item import move
from jury.operations.minutes import correct
from jury.rules.item import Decision, Move, Votes
from tests.factories.atlaas import UserFactory
from tests.factories.campaign import open_edition
from tests.factories.leaks import World
from tests.leaks import ADMIN, all_routes, silence, told

pytestmark = pytest.mark.django_db
MATRIX = Path(__file__).with_name("leak_routes.txt")
JURY, TEAM = "jury/<int:year>/", "organisation/<int:year>/jury/"
LETTER = f"{TEAM}lettres/<uuid:pk>/"
PROGRESS = {("president", f"{JURY}avancement/")}  # how far each member is, never what they gave
SHARE = {("organiser", f"{TEAM}repartition/")}  # what has begun does not move
TIES = {
    ("organiser", TEAM),
    ("organiser", f"{TEAM}nouveau/"),  # refused, it shows the list of members again
    ("staff", "admin/jury/recusal/"),
}
TABLE = {(who, f"{JURY}seance/{page}") for who in ("juror", "president") for page in ("", "etat/")}
WHOLE = {("president", f"{JURY}seance/ensemble/")}
MINUTES = {(who, f"{JURY}pv/{page}") for who in ("juror", "president") for page in ("", "pv.json", "pv.pdf")}
CORRECTION = {("president", f"{JURY}pv/points/<int:pk>/corriger/")}
LETTERS = {("organiser", LETTER), ("organiser", f"{LETTER}lettre.pdf")}
# What the awards that are proposed change in the admin.
REGISTERS = {
    ("staff", f"admin/{name}/{page}")
    for name in ("labels/award", "labels/awardevent", "atlaas/job")
    for page in ("", "<path:object_id>/change/")
}


@pytest.fixture
def world(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with silence():
        yield World()


def another_score(world):
    Score.objects.filter(evaluation__juror=world.author, evaluation__candidacy=world.dossier).update(value=4)


def another_author(world):
    Evaluation.objects.filter(juror=world.author, candidacy=world.dossier).update(juror=world.double)


def another_tie(world):
    where = {"juror": world.double, "collectivity": world.other.collectivity}
    Recusal.objects.create(**where, tie="home", by=world.double.user)


def another_decision(world):
    world.item.refresh_from_db()
    move(world.edition, {world.item.pk: Move(2, world.item.version)}, reason="Essai", by=world.president.user)


def a_correction(world):
    world.item.refresh_from_db()
    decision = Decision(2, Votes(4, 0, 0), reason="Essai")
    correct(world.item, decision, version=world.item.version, by=world.president.user)


def test_every_route_is_in_the_matrix():
    named = MATRIX.read_text().splitlines()

    assert [f"/{route}" for route in all_routes() if not route.startswith(ADMIN)] == named


def test_the_admin_does_not_tell_how_a_juror_scores(client):
    sitting = Sitting.objects.create(edition=open_edition(), habits={"common": ["7/3", "0"]})
    client.force_login(UserFactory(is_staff=True, is_superuser=True))

    page = client.get(reverse("admin:jury_sitting_change", args=[sitting.pk]))

    assert (page.status_code, "7/3" in page.content.decode()) == (200, False)


@pytest.mark.deep
def test_what_is_read_is_told_to_nobody_else(world):
    found = told(world, {"score": another_score, "identity": another_author, "recusal": another_tie})

    assert found == {"score": set(), "identity": PROGRESS | SHARE, "recusal": PROGRESS | TIES}


@pytest.mark.deep
def test_what_is_decided_is_told_to_who_sits(world):
    world.sit()

    found = told(world, {"score": another_score, "decision": another_decision}, only="jury/")

    assert found == {"score": set(), "decision": TABLE | WHOLE}


@pytest.mark.deep
def test_what_was_decided_stays_secret_until_the_palmares(world):
    world.sit()
    world.close()

    found = told(world, {"decision": a_correction})["decision"]

    assert found - REGISTERS == MINUTES | CORRECTION | WHOLE | LETTERS
