"""What the sitting is told of a dossier: what members gave, what they cannot change, what is proposed of both."""

from fractions import Fraction

import pytest

from jury.models import Evaluation, Juror
from jury.operations.recusal import declare
from jury.queries.evidence import evidence_of, known_of
from jury.queries.opinions import habits_as_json, means_of, opinions_on
from jury.queries.room import items
from labels.models import MentionTheme
from labels.rules.ten import Answer, Proof
from tests.factories.labels import AwardFactory, EditionFactory
from tests.factories.sitting import Room, a_dossier, handed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    return Room(members=2)


def of(room, rank=0):
    sitting = room.sitting
    return evidence_of(items(sitting).get(candidacy=room.dossiers[rank]), sitting)


def test_what_is_known_at_the_opening_is_kept(room):
    MentionTheme.objects.create(edition=room.edition, name="Médiation numérique", slug="mediation")
    texts = ["Une médiatrice", "Rien", "La médiation"]
    dossier = a_dossier(room.edition, services=47, enjeux=13, texts=texts)
    won = EditionFactory(year=2029)
    AwardFactory(edition=won, collectivity=dossier.collectivity, level=4)
    AwardFactory(edition=EditionFactory(year=2028), collectivity=dossier.collectivity, level=5)
    room.dossiers = [dossier]

    room.open()
    found = of(room)

    assert (found.coverage.services, found.coverage.enjeux, found.proposal.level) == (47, 13, 4)
    assert found.mention_sheets == {"mediation": 2}
    assert (found.last_year, found.last_level) == (2029, 4)
    assert (found.ten, found.ten_run[2029], found.ten_run[2028]) == (
        Answer.NOT_ELIGIBLE,
        Proof.BELOW,
        Proof.TOP,
    )
    assert (found.spread, found.fragility, found.is_fragile, found.facts()["fragile"]) == (
        None,
        None,
        False,
        None,
    )


def test_what_members_gave_is_read_each_time(room):
    room.open()
    dossier = room.dossiers[0]
    for seat, value in zip(room.everyone, (4, 4, 1), strict=False):
        handed_in(seat, dossier, value, level=4)

    found = of(room)

    assert [one.raw for one in found.opinions] == [4, 4, 1]
    assert (found.proposal.level, found.proposal.by_score, found.spread.is_wide) == (3, 4, True)
    handed_in(room.members[1], dossier, 0)
    assert len(of(room).opinions) == 4


def test_opinions_weigh_as_the_grid_says_and_drafts_count_nowhere(room):
    handed_in(room.president, room.dossiers[0], 4, 1)
    handed_in(room.deputy, room.dossiers[1])
    handed_in(room.members[0], room.dossiers[0], 4, 4)
    Evaluation.objects.filter(juror=room.members[0]).update(state="draft", submitted_at=None)

    assert means_of(room.edition) == {(room.president.pk, room.dossiers[0].pk): Fraction(2)}
    (opinion,) = opinions_on(room.dossiers[0], room.sitting)
    assert (opinion.juror, opinion.name, opinion.raw, opinion.normalised, opinion.level) == (
        room.president.pk,
        room.president.member.name,
        2,
        2,
        3,
    )


@pytest.mark.parametrize("why", ["tied", "left"])
def test_who_may_no_longer_know_of_it_is_no_longer_counted(room, why):
    for seat in (room.president, room.members[0]):
        handed_in(seat, room.dossiers[0], 2)
    room.open()

    if why == "tied":
        declare(room.members[0], room.dossiers[0].collectivity, "home", by=room.members[0].user)
    else:
        Juror.objects.filter(pk=room.members[0].pk).update(left_at=room.sitting.opened_at)

    assert [one.juror for one in of(room).opinions] == [room.president.pk]


def test_normalised_scores_keep_to_the_habits_of_the_opening(room):
    for rank, (harsh, mild) in enumerate(((0, 3), (2, 4))):
        handed_in(room.president, room.dossiers[rank], harsh)
        handed_in(room.deputy, room.dossiers[rank], mild)
    room.open()
    before = {one.juror: one.normalised for one in of(room).opinions}
    assert before[room.president.pk] > 0
    assert before[room.deputy.pk] < 3

    handed_in(room.members[0], room.dossiers[0], 4)

    after = {one.juror: one.normalised for one in of(room).opinions}
    assert {key: after[key] for key in before} == before
    assert after[room.members[0].pk] == 4
    assert room.sitting.habits != habits_as_json(room.edition)


@pytest.mark.parametrize("number", [1, 3])
def test_evidence_is_one_query_and_what_is_known_six(number, django_assert_num_queries):
    room = Room(members=number, dossiers=number)
    for seat in room.everyone:
        for dossier in room.dossiers:
            handed_in(seat, dossier, 2, 3)
    room.open()
    sitting = room.sitting
    item = items(sitting).get(candidacy=room.dossiers[0])
    dossiers = [one.candidacy for one in items(sitting)]

    with django_assert_num_queries(1):
        evidence_of(item, sitting)
    with django_assert_num_queries(6):
        known_of(sitting.edition, dossiers)
