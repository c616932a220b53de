"""Two windows of one juror, several jurors, and a sitting that closes meanwhile, on the real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from atlaas.rules.refusal import Conflict, Refused
from jury.models import Evaluation, Score, ScoreChange, Sitting
from jury.operations.evaluation import change_score, save, submit
from jury.operations.hold import hold_sitting
from jury.operations.recusal import declare
from jury.queries.evaluation import facts_of
from jury.queries.recusal import counted_evaluations
from tests.factories.evaluation import a_grid, handed, some_facts, written
from tests.factories.jury import a_juror
from tests.factories.recusal import closed_edition, judged
from tests.waiting import until_someone_waits

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5


@pytest.fixture
def edition():
    edition = closed_edition()
    a_grid(edition)
    return edition


@pytest.fixture
def juror(edition):
    return a_juror(edition)


@pytest.fixture
def dossier(edition):
    return judged(edition)


def at_once(*acts):
    """Do all of these at the same moment, each on its own connection; answers what each returned or raised."""
    barrier = Barrier(len(acts))

    def one(act):
        barrier.wait()
        try:
            return act()
        except Refused as refused:
            return refused
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def test_two_windows_open_the_same_evaluation_once(juror, dossier, edition):
    for _ in range(ROUNDS):
        Evaluation.objects.all().delete()
        copies = [some_facts(edition, value, value) for value in (1, 2)]

        answers = at_once(
            *(lambda facts=facts: save(juror, dossier, facts, 0, juror.user) for facts in copies)
        )

        won = [rank for rank, one in enumerate(answers) if isinstance(one, Evaluation)]
        lost = [one for one in answers if isinstance(one, Conflict)]
        assert (len(won), len(lost)) == (1, 1)
        assert facts_of(Evaluation.objects.get()) == copies[won[0]]


def test_windows_that_go_on_lose_nothing_that_was_acknowledged(juror, dossier, edition):
    def window(value):
        kept, version = [], 0
        for rank in range(6):
            facts = some_facts(edition, value, rank % 5, level=1 + rank % 5, note=f"{value}-{rank}")
            try:
                version = save(juror, dossier, facts, version, juror.user).version
                kept.append((version, facts.note))
            except Conflict as conflict:
                version = conflict.current.version
        return kept

    acknowledged = at_once(*(lambda value=value: window(value) for value in (1, 2, 3)))

    told = sorted(one for window in acknowledged for one in window)
    last = Evaluation.objects.get()
    assert [version for version, _ in told] == list(range(1, last.version + 1))
    assert told[-1] == (last.version, last.note)
    assert Score.objects.count() == 2


def test_a_change_is_made_once_by_two_windows(juror, dossier, edition):
    row = handed(juror, dossier, 4, 4)
    first = edition.criteria.order_by("position").first()

    answers = at_once(
        *(
            lambda value=value: change_score(
                juror, dossier, first, value, reason=f"Vers {value}", version=row.version, by=juror.user
            )
            for value in (1, 2)
        )
    )

    assert sorted(isinstance(one, Conflict) for one in answers) == [False, True]
    change = ScoreChange.objects.get()
    assert (change.before, change.after) == (4, Score.objects.get(criterion=first).value)


def test_one_window_hands_in_while_another_saves(juror, dossier, edition):
    for _ in range(ROUNDS):
        Evaluation.objects.all().delete()
        row = written(juror, dossier, 4, 4, level=4)
        other = some_facts(edition, 1, level=None)

        answers = at_once(
            lambda row=row: submit(juror, dossier, row.version, juror.user),
            lambda row=row, other=other: save(juror, dossier, other, row.version, juror.user),
        )

        stored = Evaluation.objects.get()
        assert sorted(isinstance(one, Conflict) for one in answers) == [False, True]
        assert facts_of(stored) == (
            some_facts(edition, 4, 4, level=4) if stored.state == "submitted" else other
        )


def test_nothing_is_written_after_the_close(edition):
    jurors, dossiers = [a_juror(edition) for _ in range(4)], [judged(edition) for _ in range(2)]

    def writing(juror):
        done = 0
        for rank in range(10):
            for dossier in dossiers:
                found = Evaluation.objects.filter(juror=juror, candidacy=dossier).first()
                facts = some_facts(edition, rank % 5, rank % 4, note=str(rank))
                try:
                    save(juror, dossier, facts, found.version if found else 0, juror.user)
                except Refused:
                    return done
                done += 1
        return done

    *done, _ = at_once(*(lambda juror=juror: writing(juror) for juror in jurors), lambda: closing(edition))

    assert sum(done) == sum(Evaluation.objects.values_list("version", flat=True))
    for juror in jurors:
        with pytest.raises(Refused, match="close"):
            written(juror, dossiers[0], 0, 0, note="Tard")


def closing(edition, has_begun=None):
    """Close the sitting; told that it `has_begun`, somebody waits for its end first."""
    with transaction.atomic():
        hold_sitting(edition)
        if has_begun:
            has_begun.set()
            until_someone_waits()
        facts = {"state": "closed", "opened_at": Now(), "closed_at": Now()}
        Sitting.objects.filter(edition=edition).update(**facts)
    connection.close()


def test_who_waits_for_the_close_writes_nothing(juror, dossier, edition):
    row, has_begun = handed(juror, dossier, 4, 4, level=4), Event()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(closing, edition, has_begun)
        has_begun.wait()
        with pytest.raises(Refused, match="close"):
            written(juror, dossier, 4, 4, level=4, note="Tard")
        done.result()

    assert (Evaluation.objects.get().version, Evaluation.objects.get().note) == (row.version, "")


def test_a_tie_declared_meanwhile_leaves_nothing_that_counts(juror, dossier, edition):
    for _ in range(ROUNDS):
        Evaluation.objects.all().delete()
        juror.recusals.all().delete()

        at_once(
            lambda: save(juror, dossier, some_facts(edition, 3, 3), 0, juror.user),
            lambda: declare(juror, dossier.collectivity, "client", by=juror.user),
        )

        assert list(counted_evaluations(edition)) == []
