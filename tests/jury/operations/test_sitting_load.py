"""Fifteen jurors write as fast as they can, twenty times what people do, while the president closes the sitting."""

from collections import Counter
from threading import Event, Lock

import pytest

from atlaas.rules.refusal import Refused
from jury.models import Evaluation
from jury.operations.evaluation import CLOSED, save
from jury.queries.evaluation import facts_of
from jury.queries.journal import verify
from tests.factories.evaluation import a_grid, some_facts
from tests.factories.sitting import Room
from tests.jury.operations.test_assignment_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.deep]
JURORS, WRITES = 15, 80
CLOSES_AFTER = JURORS * WRITES // 3  # writes of all, whatever the time they take
PATIENCE = 120  # seconds


def test_nothing_acknowledged_is_lost_while_the_sitting_closes():
    room = Room(members=JURORS - 2)
    a_grid(room.edition)
    room.open()
    for rank in (0, 1):
        room.judge(rank)
    tells, is_time, is_closed = Lock(), Event(), Event()
    done, kept = Counter(), {}

    def writer(seat):
        versions = Counter()
        for turn in range(WRITES):
            dossier = room.dossiers[turn % 2]
            facts = some_facts(room.edition, turn % 5, turn % 4, note=f"Tour {turn}")
            try:
                versions[dossier.pk] = save(seat, dossier, facts, versions[dossier.pk], seat.user).version
            except Refused as refused:
                return str(refused)
            with tells:
                kept[seat.pk, dossier.pk] = (versions[dossier.pk], facts)
                done[seat.pk] += 1
                if done.total() >= CLOSES_AFTER:
                    is_time.set()
        assert is_closed.wait(PATIENCE)
        save(seat, dossier, some_facts(room.edition, 0, note="Tard"), versions[dossier.pk], seat.user)
        return "written after the close"

    def president():
        assert is_time.wait(PATIENCE)
        room.close()
        is_closed.set()

    *answers, _ = at_once(*(lambda seat=seat: writer(seat) for seat in room.everyone), president)

    assert {str(one) for one in answers} == {CLOSED}
    rows = Evaluation.objects.all()
    assert {(one.juror_id, one.candidacy_id): (one.version, facts_of(one)) for one in rows} == kept
    assert not rows.filter(saved_at__gt=room.sitting.closed_at).exists()
    assert (done.total() >= CLOSES_AFTER, verify(room.edition)) == (True, None)
