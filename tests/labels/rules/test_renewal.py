from datetime import UTC, date, datetime, timedelta

import pytest

from labels.choices import RenewalStatus
from labels.rules.renewal import Trace, Window, is_old, status, told_since, window_of

WINDOW = window_of(2026)
BEFORE = datetime(2025, 6, 1, tzinfo=UTC)
INSIDE = datetime(2026, 6, 1, tzinfo=UTC)
AFTER = datetime(2027, 6, 1, tzinfo=UTC)


def told(*parts):
    """Revisions from (time, digest, runs)."""
    return [Trace(number, *part) for number, part in enumerate(parts, start=1)]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([(BEFORE, "a", True)], RenewalStatus.UNTOUCHED),
        ([(AFTER, "a", True)], RenewalStatus.UNTOUCHED),
        ([(BEFORE, "a", True), (AFTER, "b", True)], RenewalStatus.UNTOUCHED),
        ([(INSIDE, "a", True)], RenewalStatus.NEW),
        ([(INSIDE, "a", True), (INSIDE, "b", False)], RenewalStatus.NEW),
        ([(BEFORE, "a", True), (INSIDE, "a", True)], RenewalStatus.RENEWED),
        ([(BEFORE, "a", False), (INSIDE, "a", False)], RenewalStatus.RENEWED),
        ([(BEFORE, "a", False), (INSIDE, "a", True)], RenewalStatus.RENEWED),
        ([(BEFORE, "a", True), (INSIDE, "b", True)], RenewalStatus.MODIFIED),
        ([(BEFORE, "a", True), (INSIDE, "b", True), (INSIDE, "b", True)], RenewalStatus.MODIFIED),
        ([(BEFORE, "a", True), (INSIDE, "b", True), (INSIDE, "a", True)], RenewalStatus.RENEWED),
        ([(BEFORE, "a", True), (INSIDE, "a", False)], RenewalStatus.ENDED),
        ([(BEFORE, "a", True), (INSIDE, "b", False)], RenewalStatus.ENDED),
        ([(BEFORE, "a", True), (INSIDE, "a", False), (INSIDE, "a", True)], RenewalStatus.RENEWED),
        ([(BEFORE, "a", True), (INSIDE, "a", True), (AFTER, "b", False)], RenewalStatus.RENEWED),
        ([], RenewalStatus.UNTOUCHED),
    ],
)
def test_status_is_read_in_the_revisions(parts, expected):
    assert status(told(*parts), WINDOW) == expected


def test_window_runs_from_new_year_to_new_year_in_paris():
    assert Window(datetime(2025, 12, 31, 23, tzinfo=UTC), datetime(2026, 12, 31, 23, tzinfo=UTC)) == WINDOW


@pytest.mark.parametrize(
    ("at", "held"),
    [
        (WINDOW.since, True),
        (WINDOW.since - timedelta(microseconds=1), False),
        (WINDOW.until, False),
        (WINDOW.until - timedelta(microseconds=1), True),
    ],
)
def test_window_is_half_open(at, held):
    assert WINDOW.holds(at) is held


@pytest.mark.parametrize(
    ("parts", "since"),
    [
        ([(BEFORE, "a", True)], BEFORE),
        ([(BEFORE, "a", True), (INSIDE, "a", True)], BEFORE),
        ([(BEFORE, "a", True), (INSIDE, "b", True), (AFTER, "b", False)], INSIDE),
        ([(BEFORE, "a", True), (INSIDE, "b", True), (AFTER, "a", True)], AFTER),
    ],
)
def test_confirming_makes_no_text_younger(parts, since):
    assert told_since(told(*parts)) == since


@pytest.mark.parametrize(
    ("told_on", "today", "old"),
    [
        (date(2024, 6, 1), date(2026, 6, 1), True),
        (date(2024, 6, 2), date(2026, 6, 1), False),
        (date(2024, 2, 29), date(2026, 2, 28), False),
        (date(2024, 2, 29), date(2026, 3, 1), True),
        (date(2026, 6, 1), date(2026, 6, 1), False),
    ],
)
def test_text_is_old_at_two_years(told_on, today, old):
    assert is_old(told_on, today) is old
