import datetime as dt
from fractions import Fraction

import pytest
from django.utils import timezone

from atlaas.models import PublicSheet
from labels.models import NotConcerned
from labels.queries.assessment import assessment_of, next_level_of
from labels.queries.peers import peers_of
from tests.factories.atlaas import CommuneFactory, ServiceFactory, agent_of, published_sheet
from tests.factories.campaign import open_edition

pytestmark = pytest.mark.django_db
DAY = timezone.localdate()


@pytest.fixture
def edition():
    return open_edition()


def living(place, **facts):
    return published_sheet(place, by=agent_of(place, "valideur"), is_running=True, **facts)


def test_assessment_says_own_score_and_quartiles(edition, django_assert_max_num_queries):
    place, other = CommuneFactory(population=800), CommuneFactory(population=900)
    ServiceFactory()
    living(other)
    peers = peers_of(place, edition, DAY)

    with django_assert_max_num_queries(3):
        found = assessment_of(edition, place, peers, day=DAY)

    assert found.whole.own == 0
    assert found.whole.peers.median > 0
    assert len(found.enjeux) >= 1


def test_a_service_that_is_not_concerned_leaves_the_mean(edition):
    place = CommuneFactory(population=800)
    living(place)
    before = assessment_of(edition, place, [], day=DAY).whole.own
    unused = ServiceFactory()
    lower = assessment_of(edition, place, [], day=DAY).whole.own
    NotConcerned.objects.create(collectivity=place, service=unused)

    assert lower < before
    assert assessment_of(edition, place, [], day=DAY).whole.own == before


def test_an_old_fiche_earns_less(edition):
    place = CommuneFactory(population=800)
    living(place)
    fresh = assessment_of(edition, place, [], day=DAY).whole.own
    PublicSheet.objects.update(updated_at=dt.datetime.now(dt.UTC) - dt.timedelta(days=500))

    assert Fraction(0) < assessment_of(edition, place, [], day=DAY).whole.own < fresh


def test_next_level_ticks_without_writing(edition, django_assert_max_num_queries):
    place, other = CommuneFactory(population=800), CommuneFactory(population=900)
    living(other, title="La leur")
    service = next_level_of(edition, place, [], ticked=(), day=DAY).missing[0].service
    peers = peers_of(place, edition, DAY)

    with django_assert_max_num_queries(4):
        found = next_level_of(edition, place, peers, ticked=[service.code], day=DAY)

    assert (found.services, found.level, found.with_services, found.with_level) == (0, 0, 1, 1)
    assert (found.needed_services, found.needed_enjeux, found.target) == (1, 1, 1)
    assert [one.is_ticked for one in found.missing if one.service == service] == [True]
    assert {example.title for one in found.missing for example in one.examples} == {"La leur"}
    assert next_level_of(edition, place, peers, ticked=(), day=DAY).services == 0


def test_examples_are_one_a_collectivity_three_at_most(edition):
    place = CommuneFactory(population=800)
    for n in range(5):
        other = CommuneFactory(population=801 + n)
        living(other)
        living(other)

    found = next_level_of(edition, place, peers_of(place, edition, DAY), ticked=(), day=DAY)

    told = [[example.collectivity for example in one.examples] for one in found.missing if one.examples]
    assert told
    assert all(len(names) <= 3 and len(set(names)) == len(names) for names in told)


def test_missing_leaves_out_what_is_not_concerned(edition):
    place, service = CommuneFactory(population=800), ServiceFactory()
    NotConcerned.objects.create(collectivity=place, service=service)

    found = next_level_of(edition, place, [], ticked=(), day=DAY)

    assert service not in [one.service for one in found.missing]
