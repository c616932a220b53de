"""What a share starts from, as the database has it."""

import pytest

from jury.models import Juror
from jury.queries.assignment import ground_of
from jury.queries.door import tied_to, ties_by_juror
from labels.models import Candidacy
from tests.factories.atlaas import CommuneFactory, GroupFactory
from tests.factories.campaign import open_edition
from tests.factories.jury import AssignmentFactory, RecusalFactory, a_juror, a_jury, a_reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def edition():
    return open_edition()


def pair(juror, candidacy):
    return juror.pk, str(candidacy.pk)


def test_ties_of_everyone_are_those_of_each(edition):
    group = GroupFactory()
    town, neighbour = CommuneFactory(epci=group), CommuneFactory(epci=group)
    one, two = a_juror(edition), a_juror(edition)
    RecusalFactory(juror=one, collectivity=town)
    RecusalFactory(juror=two, collectivity=group)
    RecusalFactory(juror=two, collectivity=CommuneFactory())
    RecusalFactory(juror=a_juror(edition, left_at="2030-01-01T00:00Z"), collectivity=town)

    each = {(juror.pk, place.pk) for juror in Juror.objects.seated() for place in tied_to(juror)}

    assert ties_by_juror(edition) == each
    assert {place for juror, place in each if juror == two.pk} >= {group.pk, town.pk, neighbour.pk}


def test_dismissed_tie_is_none(edition):
    juror = a_juror(edition)
    tie = RecusalFactory(juror=juror)
    type(tie).objects.update(dismissed_at="2040-01-01T00:00Z", dismissed_by=juror.user, dismissal="Erreur")

    assert ties_by_juror(edition) == set()


def test_ground_names_who_may_read_what(edition):
    (one, two, away), (north, south) = a_jury(edition)
    Juror.objects.filter(pk=away.pk).update(declared_at=None)
    shut = a_juror(edition)
    type(shut.user).objects.filter(pk=shut.user.pk).update(is_active=False)
    a_juror(edition, left_at="2030-01-01T00:00Z")
    RecusalFactory(juror=two, collectivity=north.collectivity)

    ground = ground_of(edition)

    assert {reader.key for reader in ground.readers} == {one.pk, two.pk}
    assert {reader.key for reader in ground.away} == {away.pk, shut.pk}
    assert {dossier.key for dossier in ground.dossiers} == {str(north.pk), str(south.pk)}
    assert ground.recused == {pair(two, north)}
    told = next(dossier for dossier in ground.dossiers if dossier.key == str(north.pk))
    place = north.collectivity
    assert (told.name, told.category, told.region) == (place.name, "ville", place.region.name)


def test_ground_keeps_apart_what_has_begun_and_what_was_set_by_hand(edition):
    (one, two, _), (north, south) = a_jury(edition)
    a_reading(one, north)
    AssignmentFactory(juror=two, candidacy=south)

    ground = ground_of(edition)
    task = ground.task(needed=2, seed=1)

    assert (ground.begun, ground.by_hand, ground.today) == (
        {pair(one, north)},
        {pair(two, south)},
        {pair(two, south)},
    )
    assert task.fixed == {pair(one, north), pair(two, south)}


def test_reading_begun_before_a_recusal_is_no_longer_one(edition):
    (one, _, _), (north, _) = a_jury(edition)
    a_reading(one, north)
    AssignmentFactory(juror=one, candidacy=north)
    RecusalFactory(juror=one, collectivity=north.collectivity)

    ground = ground_of(edition)

    assert (ground.begun, ground.today) == (frozenset(), {pair(one, north)})


def test_what_someone_who_left_had_begun_stays_out_of_the_plan(edition):
    (one, *_), (north, south) = a_jury(edition)
    a_reading(one, north)
    for candidacy in (north, south):
        AssignmentFactory(juror=one, candidacy=candidacy)
    Juror.objects.filter(pk=one.pk).update(left_at="2030-01-01T00:00Z")

    assert ground_of(edition).today == {pair(one, south)}


def test_last_year_s_reader_is_known_by_their_account(edition):
    (one, *_), (north, south) = a_jury(edition)
    before = open_edition(2029)
    once = a_juror(before, user=one.user)
    for candidacy in (north, south):
        old = Candidacy.objects.create(edition=before, collectivity=candidacy.collectivity, category="ville")
        AssignmentFactory(juror=a_juror(before) if candidacy == south else once, candidacy=old)

    assert ground_of(edition).last_year == {pair(one, north)}


def test_last_year_without_a_campaign_is_nobody_s(edition):
    a_jury(edition)

    assert ground_of(edition).last_year == frozenset()


@pytest.mark.parametrize("number", [1, 3])
def test_ground_takes_few_queries(edition, number, django_assert_num_queries):
    a_jury(edition, jurors=number, dossiers=number)

    with django_assert_num_queries(6):
        ground_of(edition)
