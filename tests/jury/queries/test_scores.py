"""Means, raw and normalised: over the whole jury, and over what one juror may see."""

from decimal import Decimal
from fractions import Fraction

import pytest

from jury.queries.handed_in import handed_in
from jury.queries.scores import Mean, means, normalised_for
from jury.rules.normalise import normalise
from tests.factories.evaluation import a_grid, handed, written
from tests.factories.jury import RecusalFactory, a_juror
from tests.factories.recusal import closed_edition, judged

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    edition = closed_edition()
    a_grid(edition)
    return edition


def normalised(edition):
    """Over the whole jury."""
    return means(handed_in(edition))


def raw(found):
    return {key: mean.raw for key, mean in found.items()}


def test_means_are_weighted_and_normalised_over_the_jury(edition):
    strict, kind, dossiers = a_juror(edition), a_juror(edition), [judged(edition) for _ in range(2)]
    for rank, dossier in enumerate(dossiers):
        handed(strict, dossier, 0, rank)
        handed(kind, dossier, 3, 3 + rank)

    found = normalised(edition)

    expected = {
        (strict.pk, dossiers[0].pk): Fraction(0),
        (strict.pk, dossiers[1].pk): Fraction(2, 3),
        (kind.pk, dossiers[0].pk): Fraction(3),
        (kind.pk, dossiers[1].pk): Fraction(11, 3),
    }
    assert raw(found) == expected
    assert {key: mean.normalised for key, mean in found.items()} == normalise(expected)


def test_what_is_not_handed_in_or_not_counted_moves_nothing(edition):
    juror, drafts, tied, dossier = a_juror(edition), a_juror(edition), a_juror(edition), judged(edition)
    handed(juror, dossier, 4, 1)
    before = normalised(edition)
    written(drafts, dossier, 0, 0)
    handed(tied, dossier, 0, 0)
    RecusalFactory(juror=tied, collectivity=dossier.collectivity)

    assert normalised(edition) == before == {(juror.pk, dossier.pk): Mean(Fraction(2), Fraction(2))}


def test_another_edition_is_not_counted(edition):
    other = closed_edition(2031)
    a_grid(other)
    handed(a_juror(other), judged(other), 4, 1)

    assert normalised(edition) == {}


def test_no_score_that_a_juror_may_not_see_moves_what_they_read(edition):
    juror, others = a_juror(edition), [a_juror(edition) for _ in range(2)]
    read, unread, tied = (judged(edition) for _ in range(3))
    RecusalFactory(juror=juror, collectivity=tied.collectivity)
    written(juror, unread, 1, 1)
    for one in others:
        handed(one, read, 1, 2)
    handed(juror, read, 4, 4)
    before = normalised_for(juror)

    for rank, one in enumerate(others):
        handed(one, tied, rank * 4, 0)
        handed(one, unread, 0, rank * 4)

    assert normalised_for(juror) == before
    assert set(before) == {(one.pk, read.pk) for one in (juror, *others)}
    assert normalised(edition)[juror.pk, read.pk] != before[juror.pk, read.pk]


@pytest.mark.parametrize("total", [1, 3])
def test_means_cost_one_query(edition, total, django_assert_num_queries):
    juror = a_juror(edition)
    for _ in range(total):
        handed(juror, judged(edition), 4, 1)

    for figures in (lambda: normalised(edition), lambda: normalised_for(juror)):
        with django_assert_num_queries(1):
            assert len(figures()) == total


def test_a_mean_is_shown_to_a_thousandth():
    mean = Mean(Fraction(2, 3), Fraction(1235, 1000))

    assert (mean.raw_shown, mean.normalised_shown) == (Decimal("0.667"), Decimal("1.235"))
