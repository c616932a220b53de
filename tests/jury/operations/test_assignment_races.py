"""Two organisers at once, or a juror who declares or reads while a share is applied, on the real PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest
from django.db import connection, transaction

from atlaas.rules.refusal import Refused
from jury.models import Assignment
from jury.operations.assignment import add, apply, preview, remove
from jury.operations.hold import hold_sitting
from jury.rules.assignment import Plan
from tests.factories.atlaas import UserFactory
from tests.factories.campaign import open_edition
from tests.factories.jury import RecusalFactory, a_jury, a_reading
from tests.waiting import until_someone_waits

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


@pytest.fixture
def organisers():
    return [UserFactory(is_organiser=True) for _ in range(2)]


@pytest.fixture
def edition():
    return open_edition()


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


def rows():
    return {
        (juror, str(candidacy)) for juror, candidacy in Assignment.objects.values_list("juror", "candidacy")
    }


def test_two_organisers_apply_two_plans_and_one_wins(edition, organisers):
    a_jury(edition, jurors=4, dossiers=3)
    for _ in range(ROUNDS):
        Assignment.objects.all().delete()
        runs = [preview(edition, readers=2, seed=seed, by=organisers[0]) for seed in (1, 2)]

        answers = at_once(
            *(lambda run=run, by=by: apply(run, by) for run, by in zip(runs, organisers, strict=True))
        )

        won = [run for run, answer in zip(runs, answers, strict=True) if not isinstance(answer, Refused)]
        assert len(won) == 1
        assert rows() == Plan.read(won[0].plan).pairs


def test_two_organisers_apply_the_same_plan_and_it_is_written_once(edition, organisers):
    a_jury(edition, jurors=4, dossiers=3)
    run = preview(edition, readers=2, seed=1, by=organisers[0])

    first, second = at_once(*(lambda by=by: apply(run, by) for by in organisers))

    assert first.applied_at == second.applied_at
    assert rows() == Plan.read(run.plan).pairs


@pytest.mark.parametrize("begins", ["recusal", "reading"])
def test_what_begins_before_the_application_is_waited_for(edition, organisers, begins):
    (one, *others), (north, _) = a_jury(edition)
    run = preview(edition, readers=len(others), seed=1, by=organisers[0])
    planned = {juror for juror, dossier in Plan.read(run.plan).pairs if dossier == str(north.pk)}
    reader = next(who for who in (one, *others) if (who.pk in planned) == (begins == "recusal"))
    has_begun = Event()

    def begin():
        with transaction.atomic():
            hold_sitting(edition)
            if begins == "recusal":
                RecusalFactory(juror=reader, collectivity=north.collectivity, by=reader.user)
            else:
                a_reading(reader, north)
            has_begun.set()
            until_someone_waits()
        connection.close()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(begin)
        has_begun.wait()
        with pytest.raises(Refused, match=r"Un déport|Une lecture"):
            apply(run, organisers[0])
        done.result()
    assert rows() == set()


def test_hands_and_plan_at_once_leave_a_state_that_one_of_both_made(edition, organisers):
    (one, *_), (north, _) = a_jury(edition)
    run = preview(edition, readers=1, seed=1, by=organisers[0])

    at_once(
        lambda: apply(run, organisers[0]),
        lambda: add(one, north, organisers[1]),
        lambda: remove(one, north, organisers[1]),
    )

    assert len(rows()) == Assignment.objects.count()
    assert rows() - {(one.pk, str(north.pk))} <= Plan.read(run.plan).pairs
