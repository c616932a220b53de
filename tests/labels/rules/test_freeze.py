"""Until when each part of an edition may change."""

import datetime as dt

import pytest

from labels.rules.freeze import LIMITS, why_frozen

AT = dt.datetime(2030, 3, 1, 12, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
RULES = {"rulebook", "criterion", "section", "question"}


@pytest.mark.parametrize("part", sorted(LIMITS))
def test_everything_may_change_before_the_opening(part):
    assert why_frozen(part, opens_at=AT + SECOND, published_at=None, at=AT) == ""
    assert why_frozen(part, opens_at=None, published_at=None, at=AT) == ""


@pytest.mark.parametrize("part", sorted(LIMITS))
def test_rules_stop_at_the_second_of_the_opening_and_words_do_not(part):
    why = why_frozen(part, opens_at=AT, published_at=None, at=AT)

    assert ("Le dépôt est ouvert" in why) is (part in RULES)


@pytest.mark.parametrize("part", sorted(LIMITS))
def test_nothing_changes_once_public(part):
    assert "publiée" in why_frozen(part, opens_at=AT, published_at=AT, at=AT)
