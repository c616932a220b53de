"""What PostgreSQL refuses of an evaluation, its scores, their changes and its remarks."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from jury.models import Evaluation, Remark, Score, ScoreChange
from tests.factories.atlaas import an_enjeu
from tests.factories.jury import a_juror
from tests.factories.recusal import begun, closed_edition, criterion, judged
from tests.refusals import refused_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation():
    edition = closed_edition()
    return begun(a_juror(edition), judged(edition))


@pytest.fixture
def line(evaluation):
    return criterion(evaluation.candidacy.edition)


def changed(evaluation, **facts):
    words = {"before": 1, "after": 2, "reason": "Discuté"} | facts
    return ScoreChange.objects.create(evaluation=evaluation, **words)


def test_a_juror_evaluates_a_dossier_once(evaluation):
    with refused_by("evaluation_once"):
        begun(evaluation.juror, evaluation.candidacy)


@pytest.mark.parametrize("level", [0, 6])
def test_a_level_is_from_1_to_5(evaluation, level):
    with refused_by("evaluation_level_1_to_5"):
        Evaluation.objects.filter(pk=evaluation.pk).update(level=level)


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "submitted"},
        {"state": "submitted", "level": 3},
        {"state": "submitted", "submitted_at": timezone.now()},
        {"submitted_at": timezone.now()},
        {"state": "lost"},
    ],
)
def test_what_is_handed_in_has_a_level_and_a_time(evaluation, facts):
    with refused_by("evaluation_submitted_has_level"):
        Evaluation.objects.filter(pk=evaluation.pk).update(**facts)


def test_a_criterion_is_scored_once(evaluation, line):
    Score.objects.create(evaluation=evaluation, criterion=line, value=2)

    with refused_by("score_once"):
        Score.objects.create(evaluation=evaluation, criterion=line, value=3)


def test_a_score_is_from_0_to_4(evaluation, line):
    with refused_by("score_0_to_4"):
        Score.objects.create(evaluation=evaluation, criterion=line, value=5)


@pytest.mark.parametrize("facts", [{"after": 1}, {"reason": ""}])
def test_a_score_changed_says_why(evaluation, facts):
    with refused_by("score_change_says_why"):
        changed(evaluation, **facts)


def test_a_change_is_for_good(evaluation):
    change = changed(evaluation)

    for verb in (lambda: ScoreChange.objects.update(reason="Autre"), change.delete):
        with pytest.raises(DatabaseError, match="for good"), transaction.atomic():
            verb()


def test_an_enjeu_has_one_remark(evaluation, line):
    facts = {"evaluation": evaluation, "enjeu": an_enjeu(), "criterion": line}
    Remark.objects.create(kind="strength", **facts)

    with refused_by("remark_once_an_enjeu"):
        Remark.objects.create(kind="next_step", **facts)


def test_a_remark_is_of_a_known_kind(evaluation, line):
    with refused_by("remark_kind_known"):
        Remark.objects.create(evaluation=evaluation, enjeu=an_enjeu(), criterion=line, kind="praise")
