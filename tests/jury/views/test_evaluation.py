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
SENT = {
    "version": "0",
    "s-etendue": "3",
    "s-utilite": "2",
    "level": "4",
    "note": "À revoir",
    "r-enjeu-d-essai": "",
}


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
    assert (short.status_code, french(f"Il manque, avant de remettre : {lacks}") in told(short)) == (
        422,
        True,
    )
    assert (Evaluation.objects.get().state, "Remise le" in told(whole)) == ("submitted", True)
    assert 'name="s-etendue"' not in told(whole)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("s-etendue", "7"),
        ("s-etendue", "-1"),
        ("s-etendue", "trois"),
        ("s-etendue", "3\x00"),
        ("s-autre", "3"),
        ("level", "9"),
        ("r-enjeu-inconnu", "strength:etendue"),
        ("r-enjeu-d-essai", "praise:etendue"),
        ("r-enjeu-d-essai", "strength:autre"),
        ("note", "x" * 5000),
    ],
)
def test_what_is_not_of_the_grid_is_said_and_the_rest_is_kept(client, juror, dossier, field, value):
    sent = {"version": "0", "s-utilite": "2", field: value}

    answer = client.post(place(dossier), sent)
    again = client.post(place(dossier, "remise/"), sent | {"version": "1"})

    assert (answer.status_code, again.status_code) == (422, 422)
    assert stored() == ([("utilite", 2)], None, "", 1)
    assert french("Tout est enregistré, sauf ce qui suit :") in told(answer)
    if field == "note":
        assert value in told(answer)


def test_a_nul_in_the_note_is_taken_out(client, juror, dossier):
    client.post(place(dossier), {"version": "0", "note": "a\x00b\r\nc"})

    assert stored() == ([], None, "ab\nc", 1)


@pytest.mark.parametrize("version", ["", "x", "-1", "2147483648", "\x00"])
@pytest.mark.parametrize("verb", ["", "remise/", "changer/", "depot/"])
def test_a_form_without_its_version_writes_nothing(client, juror, dossier, verb, version):
    answer = client.post(place(dossier, verb), SENT | {"version": version})

    assert (answer.status_code, Evaluation.objects.count()) == (422, 0)


def test_two_windows_see_both_and_choose(client, juror, dossier):
    client.post(place(dossier), SENT)

    both = client.post(place(dossier), SENT | {"s-etendue": "1", "note": "Autre"})

    assert (both.status_code, stored()) == (409, ([("etendue", 3), ("utilite", 2)], 4, "À revoir", 1))
    assert [(one.name, one.mine, one.theirs) for one in both.context["pairs"]] == [
        ("s-etendue", "1", "3"),
        ("note", "Autre", "À revoir"),
    ]
    chosen = {"version": "1", "s-etendue": "1", "note": "À revoir"}
    assert client.post(place(dossier), chosen).status_code == 302
    assert stored() == ([("etendue", 1), ("utilite", 2)], 4, "À revoir", 2)


def test_a_window_open_before_the_hand_in_changes_no_score(client, juror, dossier):
    client.post(place(dossier, "remise/"), SENT)

    both = client.post(place(dossier), SENT | {"s-etendue": "1", "note": "Autre"})

    assert [(one.name, one.is_free) for one in both.context["pairs"]] == [
        ("s-etendue", False),
        ("note", True),
    ]
    assert 'name="s-etendue"' not in told(both)
    forged = client.post(place(dossier), SENT | {"version": "2", "s-etendue": "1"})
    assert (forged.status_code, "n’y change plus qu’avec une raison" in told(forged)) == (422, True)
    assert stored() == ([("etendue", 3), ("utilite", 2)], 4, "À revoir", 2)


def test_words_change_freely_after_the_hand_in(client, juror, dossier):
    client.post(place(dossier, "remise/"), SENT)

    client.post(place(dossier), {"version": "2", "note": "Mieux vu", "r-enjeu-d-essai": "next_step:etendue"})

    assert (stored()[2:], Remark.objects.get().kind) == (("Mieux vu", 3), "next_step")


def test_a_score_and_the_level_change_with_a_reason(client, juror, dossier):
    client.post(place(dossier, "remise/"), SENT)

    score = {"version": "2", "what": "etendue", "value": "1", "reason": "Vu ensemble"}
    page = told(client.post(place(dossier, "changer/"), score, follow=True))
    level = {"version": "3", "what": "level", "value": "5", "reason": "Discuté"}
    client.post(place(dossier, "changer/"), level)

    assert "<del>3</del> <ins>1</ins>, Vu ensemble" in page
    assert stored() == ([("etendue", 1), ("utilite", 2)], 5, "À revoir", 4)
    assert list(ScoreChange.objects.values_list("before", "after")) == [(3, 1), (4, 5)]


@pytest.mark.parametrize(
    ("facts", "status"),
    [
        ({"reason": ""}, 422),
        ({"reason": "x" * 301}, 422),
        ({"value": "7"}, 422),
        ({"value": "3"}, 422),
        ({"value": "5"}, 422),
        ({"what": "level", "value": "0"}, 422),
        ({"what": "autre"}, 422),
        ({"what": "\x00"}, 422),
        ({"version": "1"}, 409),
    ],
)
def test_a_change_refused_keeps_what_was_typed(client, juror, dossier, facts, status):
    client.post(place(dossier, "remise/"), SENT)

    sent = {"version": "2", "what": "etendue", "value": "1", "reason": "Vu ensemble"} | facts
    answer = client.post(place(dossier, "changer/"), sent)

    assert (answer.status_code, ScoreChange.objects.count()) == (status, 0)
    assert f'value="{sent["reason"]}"' in told(answer)
    assert stored() == ([("etendue", 3), ("utilite", 2)], 4, "À revoir", 2)


def test_a_new_filing_is_offered_then_read(client, juror, dossier, edition):
    written(juror, dossier, 3)
    Evaluation.objects.update(snapshot=judged(edition).filed)
    before = told(client.get(place(dossier)))

    after = told(client.post(place(dossier, "depot/"), {"version": "1"}, follow=True))

    assert ["Relire le nouveau dépôt" in page for page in (before, after)] == [True, False]
    assert Evaluation.objects.get().snapshot == dossier.filed
    assert client.post(place(dossier, "depot/"), {"version": "1"}).status_code == 409


def test_others_are_shown_without_a_name_nor_their_note(client, juror, dossier, edition):
    other = a_juror(edition)
    handed(other, dossier, 1, 0, level=2, note="Ceci reste secret", remark="strength")
    before = told(client.get(place(dossier)))

    page = told(client.post(place(dossier, "remise/"), SENT, follow=True))

    assert ["Un autre membre (A)" in one for one in (before, page)] == [False, True]
    assert [word in page for word in (str(other), "Ceci reste secret", other.user.email)] == [False] * 3
    assert "<td>2,33</td> <td>0,33</td>" in page  # raw means, weighted 1 and 2


def test_a_closed_sitting_shows_and_takes_nothing(client, juror, dossier, edition):
    handed(juror, dossier, 3, 2)
    close_sitting(edition)

    page = told(client.get(place(dossier)))
    refused = client.post(place(dossier), SENT | {"version": "2", "note": "Tard"})

    assert ("La séance est close" in page, '<form class="stack" id="fiche"' in page) == (True, False)
    assert (refused.status_code, Evaluation.objects.get().note) == (422, "")


@pytest.mark.parametrize("why", ["recused", "withdrawn", "undeclared", "unknown"])
@pytest.mark.parametrize("verb", ["", "remise/", "changer/", "depot/"])
def test_what_a_juror_may_not_know_of_is_not_there(client, juror, dossier, why, verb):
    handed(juror, dossier, 3, 2)
    if why == "recused":
        RecusalFactory(juror=juror, collectivity=dossier.collectivity)
    elif why == "withdrawn":
        type(dossier).objects.update(state="withdrawn", filed=None)
    elif why == "undeclared":
        type(juror).objects.update(declared_at=None)
    address = place(dossier, verb).replace(
        str(dossier.pk), str(dossier.filed_id) if why == "unknown" else str(dossier.pk)
    )

    statuses = {client.get(address).status_code, client.post(address, SENT | {"version": "2"}).status_code}

    assert statuses <= {404, 405}
    assert Evaluation.objects.get().version == 2


def autosaved(client, dossier, juror, **facts):
    request = type("Request", (), {"user": juror.user})
    return client.post(place(dossier, "enregistrement/"), SENT | {"account": account_mark(request)} | facts)


def test_an_autosave_answers_in_words(client, juror, dossier):
    first = autosaved(client, dossier, juror)
    again = autosaved(client, dossier, juror)
    stale = autosaved(client, dossier, juror, note="Autre")
    short = autosaved(client, dossier, juror, version="1", **{"s-etendue": "7", "level": "2"})

    assert (first.status_code, again.json()["version"], stale.status_code) == (200, 1, 409)
    assert first.json()["remark"] == french("Tout est là : vous pouvez remettre.")
    assert (first.json()["autosave"], first.json()["unkept"]) == (place(dossier, "enregistrement/"), {})
    assert "une autre fenêtre" in stale.json()["sentence"]
    assert (short.json()["version"], list(short.json()["unkept"])) == (2, ["s-etendue"])
    assert stored() == ([("etendue", 3), ("utilite", 2)], 2, "À revoir", 2)


def test_an_autosave_never_writes_for_another_account(client, juror, dossier, edition):
    for facts in ({"account": ""}, {"account": "0" * 24}):
        assert autosaved(client, dossier, juror, **facts).status_code == 401
    client.logout()
    assert autosaved(client, dossier, juror).status_code == 401

    assert Evaluation.objects.count() == 0


def test_an_autosave_says_why_it_cannot(client, juror, dossier, edition):
    assert autosaved(client, dossier, juror, version="x").status_code == 400
    close_sitting(edition)
    closed = autosaved(client, dossier, juror)
    RecusalFactory(juror=juror, collectivity=dossier.collectivity)
    tied = autosaved(client, dossier, juror)

    assert (closed.status_code, "close" in closed.json()["sentence"]) == (403, True)
    assert (tied.status_code, "n’est pas de ceux" in tied.json()["sentence"]) == (404, True)
    assert Score.objects.count() == 0


@pytest.mark.parametrize("total", [1, 3])
def test_a_page_costs_the_same_queries(client, juror, dossier, edition, total, django_assert_num_queries):
    for _ in range(total):
        handed(a_juror(edition), dossier, 1, 2, remark="strength")
    handed(juror, dossier, 3, 2, remark="strength")

    with django_assert_num_queries(8):
        assert len(client.get(place(dossier)).context["panel"].others) == total
