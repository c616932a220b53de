"""What is replayed from the journal is what the tables say, after whatever was done."""

import random

import pytest

from atlaas.rules.refusal import Refused
from jury.models import Entry
from jury.operations import agenda
from jury.operations import item as verbs
from jury.operations.minutes import correct, sign
from jury.operations.sitting import set_deputy, set_present
from jury.queries.journal import lines_of, presided_by, verify
from jury.queries.minutes import read_minutes
from jury.rules.item import Move
from jury.rules.journal import first_break
from labels.models import Candidacy, Edition, MentionTheme
from tests.factories.campaign import open_edition
from tests.factories.sitting import Room, a_closed_room, a_decision, handed_in

pytestmark = pytest.mark.django_db
WALK = 60


def become(dossier, state):
    """As the collectivité withdraws, or files again once the association gave it more time."""
    filed = dossier.snapshots.get() if state == "filed" else None
    Candidacy.objects.filter(pk=dossier.pk).update(state=state, filed=filed)


def walk(room, chance):
    """One verb at random on a dossier at random; refused ones are part of the walk."""
    rank = chance.randrange(len(room.dossiers))
    item, by = room.item(rank), chance.choice([room.president, room.president, room.deputy]).user
    decision = room.a_decision(
        rank,
        chance.randint(1, 5),
        mentions=chance.sample(["art", "sante", "art"], chance.randint(0, 3)),
        reason=chance.choice(["", "Une raison"]),
    )
    acts = [
        lambda: verbs.call(item, by=by),
        lambda: verbs.decide(item, decision, version=item.version, by=by),
        lambda: verbs.undo(item, by=by),
        lambda: verbs.postpone(item, by=by),
        lambda: verbs.end(item, by=by),
        lambda: verbs.move(
            room.edition, {item.pk: Move(chance.randint(1, 5), item.version)}, reason="Harmonie", by=by
        ),
        lambda: set_present(
            chance.choice(room.members), is_present=chance.random() < 0.5, by=room.president.user
        ),
        lambda: set_deputy(chance.choice([room.deputy, room.members[0]]), by=room.president.user),
        lambda: set_present(room.president, is_present=chance.random() < 0.8, by=room.president.user),
        lambda: become(room.dossiers[rank], "withdrawn"),
        lambda: become(room.dossiers[rank], "filed"),
        lambda: agenda.set_aside(item, by=by),
        lambda: agenda.add(room.dossiers[rank], by=by),
    ]
    weights = [6, 6, 1, 1, 4, 2, 2, 1, 1, 1, 2, 2, 2]
    try:
        chance.choices(acts, weights)[0]()
    except Refused:
        return 0
    return 1


@pytest.mark.parametrize("seed", range(4))
def test_the_journal_replays_what_is_stored_after_a_walk_at_random(seed):
    chance = random.Random(seed)
    room = Room(members=2, dossiers=3)
    for slug in ("art", "sante"):
        MentionTheme.objects.create(edition=room.edition, name=slug, slug=slug)
    room.tie(room.president, 2)
    for seat in room.everyone:
        handed_in(seat, room.dossiers[0], chance.randint(0, 4), level=2)
    room.open()

    done = sum(walk(room, chance) for _ in range(WALK))

    assert done >= WALK // 5
    assert verify(room.edition) is None


def test_a_journal_holds_to_its_last_line():
    room = a_closed_room()
    item = room.item(0)
    correct(item, a_decision(2, reason="Erreur"), version=item.version, by=room.president.user)
    sign(
        room.edition,
        read=read_minutes(room.sitting, room.president.user).sha256,
        by=room.president.user,
    )

    lines = lines_of(room.sitting)

    assert [one.rank for one in lines] == list(range(1, Entry.objects.count() + 1))
    assert (first_break(lines), verify(room.edition)) == (None, None)


def test_who_presided_wrote_a_decision():
    room = Room()
    room.tie(room.president, 1)
    room.open()
    assert presided_by(room.sitting) == set()

    room.judge(0)
    room.judge(1, by=room.deputy)

    assert presided_by(room.sitting) == {room.president.user.pk, room.deputy.user.pk}


def test_an_edition_without_a_sitting_has_nothing_to_verify():
    assert verify(open_edition()) is None
    assert Edition.objects.count() == 1
