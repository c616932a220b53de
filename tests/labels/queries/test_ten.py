"""Who could win the title, with the proof edition by edition."""

import datetime as dt

import pytest

from atlaas.models import Succession
from labels.models import Rulebook
from labels.queries.ten import ten_eligibilities
from labels.rules.ten import Answer, Proof
from tests.factories.atlaas import CommuneFactory
from tests.factories.campaign import open_edition
from tests.factories.labels import AwardFactory, EditionFactory

pytestmark = pytest.mark.django_db
JUDGED, RUN = 2030, range(2029, 2022, -1)
TOP, BELOW, ABSENT, DOUBTFUL, MISSING = Proof.TOP, Proof.BELOW, Proof.ABSENT, Proof.DOUBTFUL, Proof.MISSING


@pytest.fixture
def edition():
    """The judged one, for which seven editions before it are asked for."""
    return open_edition(JUDGED)


def won(place, years=RUN, level=5, *, coverage="complete", **facts):
    for year in years:
        edition = EditionFactory(year=year, coverage=coverage)
        AwardFactory(edition=edition, collectivity=place, level=level, **facts)
    return place


def found(edition, place):
    told = ten_eligibilities(edition, [place])[place.pk]
    return told.answer, [told.run[year] for year in RUN]


def succeeded(former, heir):
    facts = {"date": dt.date(2025, 1, 1), "source": "Arrêté"}
    return Succession.objects.create(old_code=former.code, successor=heir, **facts)


def test_a_whole_run_is_proved(edition):
    assert found(edition, won(CommuneFactory())) == (Answer.ELIGIBLE, [TOP] * 7)


def test_the_judged_edition_is_taken_as_5(edition):
    told = ten_eligibilities(edition, [place := won(CommuneFactory())])[place.pk]

    assert (list(told.run), told.run[JUDGED]) == ([JUDGED, *RUN], TOP)


def test_a_level_below_breaks_the_run(edition):
    place = won(won(CommuneFactory(), RUN[1:]), [RUN[0]], 4)

    assert found(edition, place) == (Answer.NOT_ELIGIBLE, [BELOW] + [TOP] * 6)


def test_absent_from_a_complete_edition_breaks_the_run(edition):
    place = won(CommuneFactory(), RUN[1:])
    won(CommuneFactory(), [RUN[0]])

    assert found(edition, place) == (Answer.NOT_ELIGIBLE, [ABSENT] + [TOP] * 6)


def test_absent_from_a_partial_edition_proves_nothing(edition):
    place = won(CommuneFactory(), RUN[1:])
    won(CommuneFactory(), [RUN[0]], coverage="partial")

    assert found(edition, place) == (Answer.UNPROVED, [MISSING] + [TOP] * 6)


def test_an_edition_that_nobody_knows_is_missing(edition):
    place = won(CommuneFactory(), RUN[:-1])

    told = ten_eligibilities(edition, [place])[place.pk]

    assert (told.answer, told.missing) == (Answer.UNPROVED, [RUN[-1]])


@pytest.mark.parametrize(
    "facts", [{"level": 4, "level_is_certain": False}, {"level": None, "source": "Journal"}]
)
def test_an_uncertain_level_is_to_be_confirmed(edition, facts):
    place = won(won(CommuneFactory(), RUN[1:]), [RUN[0]], **facts)

    assert found(edition, place) == (Answer.UNPROVED, [DOUBTFUL] + [TOP] * 6)


def test_what_is_not_public_proves_nothing(edition):
    place = won(CommuneFactory(), RUN[1:])
    AwardFactory(edition=open_edition(RUN[0]), collectivity=place, level=4)

    assert found(edition, place) == (Answer.UNPROVED, [MISSING] + [TOP] * 6)


def test_what_a_place_took_over_counts_by_steps(edition):
    first, second, heir = (CommuneFactory() for _ in range(3))
    succeeded(first, second)
    succeeded(second, heir)
    won(first, RUN[4:])
    won(second, RUN[2:4])
    won(heir, RUN[:2])

    assert found(edition, heir) == (Answer.ELIGIBLE, [TOP] * 7)
    assert found(edition, second)[1] == [ABSENT, ABSENT] + [TOP] * 5


def test_its_own_award_comes_first_then_the_best_of_those_it_took_over(edition):
    one, other, heir = (CommuneFactory() for _ in range(3))
    for former in (one, other):
        succeeded(former, heir)
    won(one, RUN)
    won(other, RUN, 2)
    won(heir, RUN[:2], 4)

    assert found(edition, heir)[1] == [BELOW] * 2 + [TOP] * 5


def test_a_ring_of_successions_ends(edition):
    one, other = CommuneFactory(), CommuneFactory()
    succeeded(one, other)
    succeeded(other, one)
    won(one, RUN)

    assert [found(edition, place)[0] for place in (one, other)] == [Answer.ELIGIBLE] * 2


def test_the_rulebook_says_how_long_and_how_it_is_counted(edition):
    Rulebook.objects.filter(edition=edition).update(ten_run_over=2, ten_counts_current=False)
    edition.refresh_from_db()
    place = won(CommuneFactory(), RUN[:3])

    told = ten_eligibilities(edition, [place])[place.pk]

    assert (told.answer, list(told.run)) == (Answer.ELIGIBLE, [2030, 2029, 2028, 2027])


@pytest.mark.parametrize("number", [1, 3])
def test_three_queries_whatever_the_number(edition, number, django_assert_num_queries):
    places = [won(CommuneFactory()) for _ in range(number)]
    for place in places:
        succeeded(won(CommuneFactory(), RUN, 2), place)
    assert edition.rulebook

    with django_assert_num_queries(3):
        answers = ten_eligibilities(edition, places)

    assert {one.answer for one in answers.values()} == {Answer.ELIGIBLE}


def test_nobody_asked_for(edition):
    assert ten_eligibilities(edition, []) == {}
