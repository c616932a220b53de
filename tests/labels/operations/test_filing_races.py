"""Many clicks on « Déposer » at once, on the real PostgreSQL."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from atlaas.models import Job
from atlaas.rules.refusal import Refused
from labels.models import CandidacyStep, Snapshot
from labels.operations.filing import file, withdraw
from labels.queries.clock import now
from tests.factories.campaign import open_edition
from tests.factories.filing import a_complete_candidacy, publisher_of

pytestmark = pytest.mark.django_db(transaction=True)
deep = pytest.mark.skipif(not os.environ.get("ATLAAS_DEEP"), reason="long: make test-deep")


class KilledAfterCommit(Exception):
    """The process dies once everything is written, before anybody is answered."""


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


@pytest.mark.parametrize(("clicks", "rounds"), [(8, 2), pytest.param(50, 20, marks=[deep, pytest.mark.deep])])
def test_parallel_submissions_make_one_snapshot(clicks, rounds):
    edition = open_edition()
    for rank in range(1, rounds + 1):
        candidacy = a_complete_candidacy(edition=edition)
        by, arrived = publisher_of(candidacy.collectivity), now()

        def submit(candidacy=candidacy, by=by, arrived=arrived):
            return file(candidacy, by=by, arrived_at=arrived).number

        assert at_once(*[submit] * clicks) == [f"2030-{rank:05}"] * clicks
        assert candidacy.snapshots.count() == 1
        assert CandidacyStep.objects.filter(candidacy=candidacy).count() == 1
    assert Job.objects.filter(kind="candidacy-mail").count() == rounds


def test_parallel_candidacies_have_numbers_without_gap():
    edition = open_edition()
    candidacies = [a_complete_candidacy(edition=edition) for _ in range(6)]
    people = [publisher_of(one.collectivity) for one in candidacies]

    at_once(
        *(
            lambda one=one, by=by: file(one, by=by, arrived_at=now())
            for one, by in zip(candidacies, people, strict=True)
        )
    )

    assert sorted(Snapshot.objects.values_list("number", flat=True)) == [f"2030-{n:05}" for n in range(1, 7)]


def test_file_and_withdraw_at_once_end_in_one_of_both():
    candidacy = a_complete_candidacy()
    by = publisher_of(candidacy.collectivity)
    file(candidacy, by=by, arrived_at=now())

    at_once(
        lambda: file(candidacy, by=by, arrived_at=now()),
        lambda: withdraw(candidacy, by=by, arrived_at=now()),
    )

    candidacy.refresh_from_db()
    assert (candidacy.state, candidacy.filed, candidacy.snapshots.count()) == ("withdrawn", None, 1)


def test_a_process_that_dies_after_the_commit_is_retried_without_a_second_snapshot():
    candidacy = a_complete_candidacy()
    by = publisher_of(candidacy.collectivity)

    def dies():
        file(candidacy, by=by, arrived_at=now())
        connection.close()
        raise KilledAfterCommit

    with ThreadPoolExecutor(1) as pool, pytest.raises(KilledAfterCommit):
        pool.submit(dies).result()

    assert file(candidacy, by=by, arrived_at=now()) == Snapshot.objects.get()
