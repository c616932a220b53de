import pytest

from atlaas.rules.refusal import Refused
from jury.rules.recusal import (
    brought,
    check_declaration,
    check_open,
    check_since,
    check_taken_back,
)


def test_nothing_changes_once_the_sitting_is_closed():
    check_open(is_closed=False)

    with pytest.raises(Refused, match="séance est close"):
        check_open(is_closed=True)


@pytest.mark.parametrize("since", [None, 1990, 2030])
def test_a_tie_begins_in_the_past(since):
    check_since(since, this_year=2030)


def test_a_tie_does_not_begin_in_the_future():
    with pytest.raises(Refused, match="dans l’avenir"):
        check_since(2031, this_year=2030)


def test_a_mistake_is_taken_back_by_its_author_before_the_declaration():
    check_taken_back(is_own=True, has_declared=False)


@pytest.mark.parametrize(("is_own", "has_declared"), [(True, True), (False, False), (False, True)])
def test_a_declared_tie_is_not_taken_back(is_own, has_declared):
    with pytest.raises(Refused, match="ne se retire plus"):
        check_taken_back(is_own=is_own, has_declared=has_declared)


@pytest.mark.parametrize("has_ties", [True, False])
def test_one_sentence_is_true(has_ties):
    check_declaration(has_ties=has_ties, says_none=not has_ties)


def test_the_other_sentence_is_refused():
    with pytest.raises(Refused, match="Vous avez déclaré des liens"):
        check_declaration(has_ties=True, says_none=True)
    with pytest.raises(Refused, match="aucun lien"):
        check_declaration(has_ties=False, says_none=False)


@pytest.mark.parametrize(
    ("group", "members", "sentence"),
    [
        ("CC de l’Essaie", 0, "et son EPCI, CC de l’Essaie"),
        ("", 1, "et sa commune membre"),
        ("", 34, "et ses 34\u00a0communes"),
        ("", 0, ""),
    ],
)
def test_what_a_tie_brings(group, members, sentence):
    assert brought(group=group, members=members) == sentence
