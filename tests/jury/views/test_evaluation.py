"""A juror scores a dossier on a page, with and without a script."""

import re

import pytest

from atlaas.rules.text import french
from atlaas.views.context import account_mark
from jury.models import Evaluation, Remark, Score, ScoreChange
from tests.factories.evaluation import a_grid, handed, written
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import close_sitting, closed_edition, judged

pytestmark = pytest.mark.django_db
SENT = {"version": "0", "s-etendue": "3", "s-utilite": "2", "level": "4", "note": "À revoir", "r-enjeu-d-essai": ""}


@pytest.fixture
def edition():
    edition = closed_edition()
    a_grid(edition)
    a_grid(edition, "village", ("autre",))
    return edition


@pytest.fixture
def juror(client, edition):
    one = a_juror(edition)
    client.force_login(one.user)
    return one


@pytest.fixture
def dossier(edition):
    return judged(edition)


def place(candidacy, verb=""):
    return f"/jury/2030/dossiers/{candidacy.pk}/evaluation/{verb}"


def told(answer):
    return re.sub(r"[ \n]+", " ", answer.content.decode())


def stored():
    one = Evaluation.objects.get()
    scores = list(one.scores.order_by("criterion__position").values_list("criterion__code", "value"))
    return scores, one.level, one.note, one.version


def test_a_page_saves_without_a_script(client, juror, dossier):
    answer = client.post(place(dossier), SENT | {"r-enjeu-d-essai": "strength:utilite"}, follow=True)

    assert answer.redirect_chain == [(f"{place(dossier)}#evaluation", 302)]
    assert stored() == ([("etendue", 3), ("utilite", 2)], 4, "À revoir", 1)
    assert list(Remark.objects.values_list("kind", "criterion__code")) == [("strength", "utilite")]
    assert 'name="s-etendue" value="3" checked' in told(answer)
    assert "Remarques par enjeu (1\xa0choisie)" in told(answer)


def test_a_page_goes_back_to_where_it_was_read(client, juror, dossier):
    beside = place(dossier).removesuffix("evaluation/")

    known = client.post(place(dossier), SENT | {"retour": beside})
    other = client.post(place(dossier), SENT | {"retour": "https://exemple.test/", "version": "1"})

    assert (known["Location"], other["Location"]) == (f"{beside}#evaluation", f"{place(dossier)}#evaluation")


def test_what_lacks_is_said_until_it_is_handed_in(client, juror, dossier):
    page = told(client.get(place(dossier)))
    short = client.post(place(dossier, "remise/"), {"version": "0", "s-etendue": "3"})
    whole = client.post(place(dossier, "remise/"), SENT | {"version": "1"}, follow=True)

    lacks = "Critère utilite, le niveau envisagé."
    assert french(f"Avant de remettre, il manque : Critère etendue, {lacks}") in page
    assert (short.status_code, french(f"Il manque, avant de remettre : {lacks}") in told(short)) == (422, True)
    assert (Evaluation.objects.get().state, "Remise le" in told(whole)) == ("submitted", True)
    assert 'name="s-etendue"' not in told(whole)
