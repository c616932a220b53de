"""How far the reading is, as each may know of it."""

import pytest
from django.utils import timezone

from jury.queries.progress import Progress, progress_of, progress_of_all, total
from tests.factories.evaluation import a_grid, handed, written
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import closed_edition, entrusted, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = closed_edition()
    a_grid(edition)
    return edition


@pytest.fixture
def president(edition):
    return a_juror(edition, president=True)


def figures(seat):
    return {one.name: one.progress for one in progress_of_all(seat)}


def test_ones_own_counts_what_was_entrusted_begun_and_handed_in(edition):
    juror, dossiers = a_juror(edition), [judged(edition) for _ in range(5)]
    for one in dossiers[:3]:
        entrusted(juror, one)
    written(juror, dossiers[0], 3)
    handed(juror, dossiers[1], 3, 3)
    written(juror, dossiers[3], 3)
    handed(juror, dossiers[4], 3, 3)

    assert progress_of(juror) == Progress(assigned=3, begun=2, handed_in=1, others=1)


def test_ones_own_leaves_out_what_one_is_tied_to(edition):
    juror, dossiers = a_juror(edition), [judged(edition) for _ in range(2)]
    for one in dossiers:
        entrusted(juror, one)
        handed(juror, one, 3, 3)

    RecusalFactory(juror=juror, collectivity=dossiers[0].collectivity)

    assert progress_of(juror) == Progress(assigned=1, begun=1, handed_in=1)


def test_nothing_is_counted_before_the_declaration(edition):
    juror = a_juror(edition, declared_at=None)
    entrusted(juror, judged(edition))

    assert progress_of(juror) == Progress()


def test_all_are_listed_the_president_first(edition, president):
    idle, busy, new = a_juror(edition), a_juror(edition), a_juror(edition, declared_at=None)
    dossier = judged(edition)
    for one in (idle, busy, new):
        entrusted(one, dossier)
    handed(busy, dossier, 3, 3)
    gone = a_juror(edition, left_at=timezone.now())
    entrusted(gone, dossier)

    readers = progress_of_all(president)

    assert [(one.name, one.is_president, one.has_declared, one.progress) for one in readers] == [
        (str(president), True, True, Progress()),
        (str(idle), False, True, Progress(assigned=1)),
        (str(busy), False, True, Progress(assigned=1, begun=1, handed_in=1)),
        (str(new), False, False, Progress()),
    ]
    assert total(readers) == Progress(assigned=2, begun=1, handed_in=1)


def test_who_is_tied_to_a_dossier_does_not_count_it(edition, president):
    tied, free, dossier = a_juror(edition), a_juror(edition), judged(edition)
    for one in (tied, free):
        entrusted(one, dossier)
        handed(one, dossier, 3, 3)

    RecusalFactory(juror=tied, collectivity=dossier.collectivity)

    told = figures(president)
    assert told[str(tied)] == Progress()
    assert told[str(free)] == Progress(assigned=1, begun=1, handed_in=1)


def test_a_president_finds_no_trace_of_what_they_are_tied_to(edition, president):
    juror, hidden, known = a_juror(edition), judged(edition), judged(edition)
    entrusted(juror, known)
    RecusalFactory(juror=president, collectivity=hidden.collectivity)
    before = progress_of_all(president)

    entrusted(juror, hidden)
    handed(juror, hidden, 3, 3)

    assert progress_of_all(president) == before


@pytest.mark.parametrize("readers", [1, 3])
def test_progress_costs_the_same_queries(edition, president, readers, django_assert_num_queries):
    for _ in range(readers):
        juror, dossier = a_juror(edition), judged(edition)
        entrusted(juror, dossier)
        handed(juror, dossier, 3, 3)

    with django_assert_num_queries(3):
        assert len(progress_of_all(president)) == readers + 1
    with django_assert_num_queries(2):
        assert progress_of(juror).handed_in == 1
