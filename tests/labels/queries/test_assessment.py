import datetime as dt
from fractions import Fraction

import pytest
from django.utils import timezone

from atlaas.models import PublicSheet
from labels.models import NotConcerned
from labels.queries.assessment import Standing, assessment_of, next_level_of
from labels.queries.peers import peers_of
from labels.rules.quartiles import Quartiles
from tests.factories.atlaas import CommuneFactory, ServiceFactory, agent_of, published_sheet
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db
DAY = timezone.localdate()


@pytest.fixture
def edition():
    return open_edition()


def living(place, **facts):
    return published_sheet(place, by=agent_of(place, "valideur"), is_running=True, **facts)


@pytest.mark.parametrize("number", [1, 3])
def test_assessment_says_own_score_and_quartiles(edition, number, django_assert_num_queries):
    place, service = CommuneFactory(population=800), ServiceFactory()
    for rank in range(number):
        living(CommuneFactory(population=900 + rank), services=[service])
    peers = peers_of(place, edition, DAY)

    with django_assert_num_queries(3):
        found = assessment_of(edition, place, peers, day=DAY)

    theirs = Fraction(70 + 20, 100) + Fraction(10, 100) / 3
    assert found.whole == Standing("", "Toute la mosaïque", Fraction(0), Quartiles(theirs, theirs, theirs))
    assert [(one.name, one.own, one.peers.median) for one in found.enjeux] == [
        ("Enjeu d’essai", Fraction(0), theirs)
    ]


def test_a_service_that_is_not_concerned_leaves_the_mean(edition):
    place = CommuneFactory(population=800)
    living(place)
    before = assessment_of(edition, place, [], day=DAY).whole.own
    unused = ServiceFactory()
    lower = assessment_of(edition, place, [], day=DAY).whole.own
    NotConcerned.objects.create(collectivity=place, service=unused)

    assert lower < before
    assert assessment_of(edition, place, [], day=DAY).whole.own == before


@pytest.mark.parametrize(("days", "lost"), [(700, Fraction(0)), (800, Fraction(20, 100))])
def test_a_fiche_is_fresh_for_the_years_of_the_rulebook(edition, days, lost):
    place = CommuneFactory(population=800)
    living(place)
    fresh = assessment_of(edition, place, [], day=DAY).whole.own
    PublicSheet.objects.update(updated_at=timezone.now() - dt.timedelta(days=days))

    assert assessment_of(edition, place, [], day=DAY).whole.own == fresh - lost


def test_a_fiche_is_fresh_by_the_day_of_paris(edition):
    place = CommuneFactory(population=800)
    living(place)
    fresh = assessment_of(edition, place, [], day=DAY).whole.own
    evening = dt.datetime(2026, 3, 9, 23, 30, tzinfo=dt.UTC)  # the 10th, half past midnight, in Paris
    PublicSheet.objects.update(updated_at=evening)

    assert assessment_of(edition, place, [], day=dt.date(2028, 3, 9)).whole.own == fresh
    assert assessment_of(edition, place, [], day=dt.date(2028, 3, 10)).whole.own < fresh


def test_next_level_ticks_without_writing(edition, django_assert_num_queries):
    place, other = CommuneFactory(population=800), CommuneFactory(population=900)
    living(other, title="La leur")
    service = next_level_of(edition, place, [], ticked=(), day=DAY).missing[0].service
    peers = peers_of(place, edition, DAY)

    with django_assert_num_queries(4):
        found = next_level_of(edition, place, peers, ticked=[service.code], day=DAY)

    assert (found.services, found.level, found.with_services, found.with_level) == (0, 0, 1, 1)
    assert (found.needed_services, found.needed_enjeux, found.target) == (1, 1, 1)
    assert [one.is_ticked for one in found.missing if one.service == service] == [True]
    assert {example.title for one in found.missing for example in one.examples} == {"La leur"}
    assert next_level_of(edition, place, peers, ticked=(), day=DAY).services == 0


@pytest.mark.parametrize(("others", "shown"), [(0, 0), (1, 1), (5, 3)])
def test_examples_are_one_a_collectivity_three_at_most(edition, others, shown):
    place, service = CommuneFactory(population=800), ServiceFactory()
    for n in range(others):
        other = CommuneFactory(population=801 + n)
        living(other, services=[service])
        living(other, services=[service])

    (missing,) = next_level_of(edition, place, peers_of(place, edition, DAY), ticked=(), day=DAY).missing

    told = [example.collectivity for example in missing.examples]
    assert (len(told), len(set(told))) == (shown, shown)


def test_next_level_says_what_is_missing(edition):
    place = CommuneFactory(population=800)
    living(place)

    found = next_level_of(edition, place, [], ticked=(), day=DAY)

    assert (found.level, found.target) == (1, 2)
    assert found.missing_words == "il manque 15\u00a0services, dont au moins 5 dans autant d’enjeux nouveaux"


def test_missing_leaves_out_what_is_not_concerned(edition):
    place, service = CommuneFactory(population=800), ServiceFactory()
    NotConcerned.objects.create(collectivity=place, service=service)

    found = next_level_of(edition, place, [], ticked=(), day=DAY)

    assert service not in [one.service for one in found.missing]
