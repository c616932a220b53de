from collections import Counter
from datetime import UTC, date, datetime
from itertools import product

import pytest

from atlaas.operations.publication import project
from atlaas.operations.sheet import archive, save
from labels.choices import RenewalStatus
from labels.queries.renewal import overall, renewal_board, renewal_counts, traces_of
from labels.rules.renewal import status, window_of
from tests.factories.atlaas import CommuneFactory, agent_of, published_sheet
from tests.factories.renewal import BEFORE, LONG_BEFORE, past_sheets, revise

pytestmark = pytest.mark.django_db
WINDOW = window_of(2026)
INSIDE = datetime(2026, 3, 1, tzinfo=UTC)
LATER = datetime(2026, 4, 1, tzinfo=UTC)
AFTER = datetime(2027, 3, 1, tzinfo=UTC)
TODAY = date(2026, 6, 1)


def board_of(town):
    return renewal_board(town, WINDOW, TODAY)


def test_a_fiche_of_last_year_waits():
    town = CommuneFactory()
    past_sheets(1, town)

    board = board_of(town)

    assert [line.public.title for line in board.waiting] == ["Fiche 01"]
    assert (board.done, board.total, board.new, board.retired) == (0, 1, 0, 0)
    assert (board.waiting[0].asks_reading, board.waiting[0].last) == (False, BEFORE)


def test_a_confirmed_fiche_is_done():
    town = CommuneFactory()
    (sheet,) = past_sheets(1, town)
    revise(sheet, INSIDE)

    board = board_of(town)

    assert [line.status for line in board.answered] == [RenewalStatus.RENEWED]
    assert (board.waiting, board.done, board.total) == ([], 1, 1)


def test_a_new_fiche_is_not_asked():
    town = CommuneFactory()
    past_sheets(1, town, at=INSIDE)

    board = board_of(town)

    assert (board.new, board.total) == (1, 0)


def test_what_ended_before_is_not_asked():
    town = CommuneFactory()
    past_sheets(1, town, is_running=False, ended_on=date(2025, 3, 1))

    board = board_of(town)

    assert ([line.public.title for line in board.over], board.total) == (["Fiche 01"], 0)


def test_an_old_text_asks_to_be_read_even_when_confirmed_since():
    town = CommuneFactory()
    (sheet,) = past_sheets(1, town, at=LONG_BEFORE)
    revise(sheet, BEFORE)

    (line,) = board_of(town).waiting

    assert (line.is_old, line.asks_reading, line.told) == (True, True, LONG_BEFORE)


def test_a_draft_over_the_public_text_asks_to_be_read():
    town = CommuneFactory()
    (sheet,) = past_sheets(1, town)
    save(sheet, by=agent_of(town), version=1, facts={"title": "Autre titre"})

    (line,) = board_of(town).waiting

    assert (line.is_old, line.has_draft, line.asks_reading) == (False, True, True)


def test_quick_ones_come_first_then_by_title():
    town = CommuneFactory()
    past_sheets(1, town, title="Ancienne", at=LONG_BEFORE)
    past_sheets(1, town, title="Zèbre")
    past_sheets(1, town, title="Écoles")

    assert [line.public.title for line in board_of(town).waiting] == ["Écoles", "Zèbre", "Ancienne"]


def test_a_fiche_archived_this_year_counts_as_answered():
    town = CommuneFactory()
    _kept, gone = past_sheets(2, town)
    archive(gone, by=agent_of(town))
    window = window_of(gone.steps.get(step="archive").at.year)

    board = renewal_board(town, window, TODAY)

    assert (board.retired, board.done, board.total) == (1, 1, 2)
    assert renewal_board(town, window_of(2024), TODAY).retired == 0


def test_a_draft_and_another_collectivite_are_not_there():
    town = CommuneFactory()
    published_sheet()

    assert board_of(town).lines == []


@pytest.mark.parametrize("count", [1, 3])
def test_board_takes_three_queries(count, django_assert_num_queries):
    town = CommuneFactory()
    past_sheets(count, town)

    with django_assert_num_queries(3):
        assert len(board_of(town).waiting) == count


def test_database_and_rule_agree_on_every_short_history():
    moments = (None, BEFORE, INSIDE)
    changes = ({"title": "a"}, {"title": "b"}, {"title": "a", "is_running": False, "ended_on": "2026-03-01"})
    histories = product(product(moments[1:], changes), product(moments, changes), (None, LATER, AFTER))
    sheets = []
    for first, second, last in histories:
        if second[0] is not None and second[0] < first[0]:
            continue
        (sheet,) = past_sheets(1, at=first[0], **dict(first[1], ended_on=None))
        if second[0]:
            revise(sheet, second[0], **second[1])
        if last:
            revise(sheet, last, title="c", is_running=True)
        sheets.append(sheet)
    project([sheet.pk for sheet in sheets])

    counted = overall(renewal_counts(WINDOW).values())

    expected = Counter(status(traces, WINDOW) for traces in traces_of(one.pk for one in sheets).values())
    assert counted == {name: expected[name] for name in RenewalStatus}
    assert min(counted.values()) > 0


def test_counts_are_by_collectivite_in_one_query(django_assert_num_queries):
    town, other = CommuneFactory(), CommuneFactory()
    first, *_rest = past_sheets(3, town)
    past_sheets(2, other, at=INSIDE)
    revise(first, INSIDE)

    with django_assert_num_queries(1):
        counts = renewal_counts(WINDOW)

    assert counts[town.pk] == dict.fromkeys(RenewalStatus, 0) | {"untouched": 2, "renewed": 1}
    assert counts[other.pk] == dict.fromkeys(RenewalStatus, 0) | {"new": 2}
    assert overall(counts.values())["new"] == 2


def test_a_fiche_published_after_the_window_is_not_counted():
    past_sheets(1, at=AFTER)

    assert renewal_counts(WINDOW) == {}
