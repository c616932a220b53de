"""The panel of a juror: what they see of others, when, and at what cost."""

import pytest
from django.utils import timezone

from jury.models import Evaluation, Sitting
from jury.operations.evaluation import change_level, change_score
from jury.operations.names import open_names
from jury.queries.door import judged_by, seats_of
from jury.queries.evaluation import panel_of
from jury.queries.handed_in import handed_in, seen_by
from tests.factories.evaluation import a_grid, handed, some_facts, written
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import close_sitting, closed_edition, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = closed_edition()
    a_grid(edition)
    a_grid(edition, "village", ("autre",))
    return edition


@pytest.fixture
def juror(edition):
    return a_juror(edition)


@pytest.fixture
def dossier(edition):
    return judged(edition)


def test_a_panel_begins_blank(juror, dossier):
    panel = panel_of(juror, dossier)

    assert (panel.evaluation, panel.version, panel.facts.scores, panel.others) == (None, 0, {}, [])
    assert [mark.criterion.code for mark in panel.marks] == ["etendue", "utilite"]
    assert panel.marks[0].anchored[4] == (4, "repère 4")
    assert panel.missing == ["Critère etendue", "Critère utilite", "le niveau envisagé"]
    assert (panel.is_handed_in, panel.is_closed, panel.names_open) == (False, False, False)


def test_a_panel_tells_what_was_written(juror, dossier, edition):
    written(juror, dossier, 4, 0, level=2, note="Vu", remark="next_step")

    panel = panel_of(juror, dossier)

    assert panel.facts == some_facts(edition, 4, 0, level=2, note="Vu", remark="next_step")
    assert ([mark.own for mark in panel.marks], panel.chosen, panel.missing) == ([4, 0], 1, [])
    place = panel.places[0]
    assert (place.own, place.words) == ("next_step:etendue", "prochaine étape : Critère etendue")
    assert [(kind, told[0]) for kind, told in panel.choices] == [
        ("point fort", ("strength:etendue", "Critère etendue")),
        ("prochaine étape", ("next_step:etendue", "Critère etendue")),
    ]


def test_others_are_seen_only_after_ones_own(edition, juror, dossier):
    handed(a_juror(edition), dossier, 1, 2, note="Secret", remark="strength")
    written(a_juror(edition), dossier, 0, 0)
    blank = panel_of(juror, dossier)
    written(juror, dossier, 4, 4)
    draft = panel_of(juror, dossier)

    handed(juror, dossier, 4, 4)
    after = panel_of(juror, dossier)

    assert [(one.others, one.sees_others, one.mean) for one in (blank, draft)] == [([], False, None)] * 2
    assert [(one.who, one.facts.level) for one in after.others] == [("Un autre membre (A)", 3)]
    assert [mark.others for mark in after.marks] == [[1], [2]]
    assert [place.others for place in after.remarks] == [
        [("Un autre membre (A)", "point fort : Critère etendue")]
    ]


def test_who_is_told_once_the_president_opened_the_names(edition, juror, dossier):
    president = a_juror(edition, president=True)
    other = a_juror(edition)
    for one in (other, president, juror):
        handed(one, dossier, 1, 2)
    before = {one.who for one in panel_of(juror, dossier).others}

    open_names(Sitting.objects.get(edition=edition), president.user)
    seat = seats_of(juror.user).get()
    panel = panel_of(seat, dossier)

    assert before == {"Un autre membre (A)", "Un autre membre (B)"}
    assert ([one.who for one in panel.others], panel.names_open) == ([str(president), str(other)], True)


def test_the_president_waits_like_the_others(edition, juror, dossier):
    president = a_juror(edition, president=True)
    handed(juror, dossier, 1, 2)

    assert panel_of(president, dossier).others == []


def test_the_order_without_names_is_not_that_of_the_jury(edition, juror):
    others, orders = [a_juror(edition) for _ in range(4)], set()
    for _ in range(6):
        dossier = judged(edition)
        for level, one in enumerate(others, 1):
            handed(one, dossier, 1, 2, level=level)
        handed(juror, dossier, 1, 2)
        panel = panel_of(juror, dossier)
        orders.add(tuple(one.facts.level for one in panel.others))
        assert panel == panel_of(juror, dossier)

    assert len(orders) > 1


@pytest.mark.parametrize("why", ["recused", "gone", "draft"])
def test_what_does_not_count_is_not_shown(edition, juror, dossier, why):
    other = a_juror(edition)
    (written if why == "draft" else handed)(other, dossier, 1, 2)
    handed(juror, dossier, 4, 4)
    if why == "recused":
        RecusalFactory(juror=other, collectivity=dossier.collectivity)
    if why == "gone":
        other.left_at = timezone.now()
        other.save()

    assert panel_of(juror, dossier).others == []
    assert [one.juror for one in handed_in(edition)] == [juror]


def test_a_juror_sees_no_evaluation_of_what_they_are_tied_to(edition, juror, dossier):
    other = judged(edition)
    for one in (dossier, other):
        handed(a_juror(edition), one, 1, 2)
        handed(juror, one, 4, 4)
    assert seen_by(juror).count() == 4

    RecusalFactory(juror=juror, collectivity=dossier.collectivity)

    assert {one.candidacy for one in seen_by(juror)} == {other}


def test_what_was_withdrawn_is_not_handed_in_any_more(edition, juror, dossier):
    handed(juror, dossier, 4, 4)
    type(dossier).objects.filter(pk=dossier.pk).update(state="withdrawn", filed=None)

    assert (list(handed_in(edition)), list(seen_by(juror))) == ([], [])


def test_changes_are_listed_in_their_order(edition, juror, dossier):
    row = handed(juror, dossier, 4, 4, level=4)
    first = edition.criteria.get(code="etendue")
    row = change_score(juror, dossier, first, 2, reason="Un", version=row.version, by=juror.user)
    change_level(juror, dossier, 3, reason="Deux", version=row.version, by=juror.user)

    told = [(one.name, one.before, one.after, one.reason) for one in panel_of(juror, dossier).changes]

    assert told == [("Critère etendue", 4, 2, "Un"), ("niveau envisagé", 4, 3, "Deux")]


def test_a_new_filing_and_a_close_are_said(edition, juror, dossier):
    written(juror, dossier, 4)
    Evaluation.objects.update(snapshot=judged(edition).filed)
    close_sitting(edition)

    panel = panel_of(seats_of(juror.user).get(), dossier)

    assert (panel.is_of_a_former_filing, panel.is_closed) == (True, True)


@pytest.mark.parametrize("total", [1, 3])
@pytest.mark.parametrize(("state", "queries"), [("none", 3), ("draft", 3), ("submitted", 4)])
def test_a_panel_costs_the_same_queries(
    edition, juror, dossier, total, state, queries, django_assert_num_queries
):
    for _ in range(total):
        handed(a_juror(edition), dossier, 1, 2, remark="strength")
    if state != "none":
        (handed if state == "submitted" else written)(juror, dossier, 4, 4, remark="strength")
    seat = seats_of(juror.user).get()
    candidacy = judged_by(seat).get(pk=dossier.pk)

    with django_assert_num_queries(queries):
        panel = panel_of(seat, candidacy)
        assert len(panel.others) == (total if state == "submitted" else 0)
        assert [len(mark.anchored) for mark in panel.marks] == [5, 5]
        assert (panel.remarks, panel.is_of_a_former_filing) is not None
