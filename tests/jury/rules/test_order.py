import time
from itertools import pairwise, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jury.rules import order
from jury.rules.order import exits, ordered

SETS = st.frozensets(st.integers(0, 4), max_size=3)


def heard(dossiers):
    return [dossiers[rank] for rank in ordered(dossiers)]


def a_day(seed, dossiers=230, members=15, ties=9):
    """A closed day: each member is tied to a few collectivités, at random."""
    dice = Random(seed)
    sets = [set() for _ in range(dossiers)]
    for member in range(members):
        for rank in dice.sample(range(dossiers), ties):
            sets[rank].add(member)
    return sets


@pytest.mark.parametrize(
    ("dossiers", "times"),
    [([], 0), ([set()], 0), ([{1}], 1), ([{1}, {1}], 1), ([{1}, set(), {1}], 2), ([{1}, {1, 2}, {2}], 2)],
)
def test_exits_are_counted_when_someone_goes_out(dossiers, times):
    assert exits(dossiers) == times


def test_dossiers_of_the_same_members_sit_together():
    assert ordered([{1}, set(), {1}, {2}, {1, 2}]) == [1, 0, 2, 4, 3]


def test_order_given_stays_when_no_other_is_better():
    assert ordered([{1}, set(), {2}]) == [0, 1, 2]
    assert ordered([]) == []


@given(st.lists(SETS, max_size=6))
@settings(max_examples=80, deadline=None)
def test_order_is_the_best_of_all(dossiers):
    best = min(exits(one) for one in permutations(dossiers))

    assert exits(heard(dossiers)) == best


def test_order_is_the_best_of_all_for_seven():
    dossiers = [{1, 2}, {3}, {2, 4}, {1}, set(), {4}, {3, 4}]

    assert exits(heard(dossiers)) == min(exits(one) for one in permutations(dossiers))


@given(st.lists(st.frozensets(st.integers(0, 9)), max_size=25))
@settings(max_examples=60, deadline=None)
def test_order_is_a_permutation_never_worse_than_the_one_given(dossiers):
    ranks = ordered(dossiers)

    assert sorted(ranks) == list(range(len(dossiers)))
    assert exits(heard(dossiers)) <= exits(dossiers)
    assert ordered(dossiers) == ranks


@given(st.lists(SETS, max_size=7))
@settings(max_examples=60, deadline=None)
def test_improved_tour_is_close_to_the_shortest(dossiers):
    ways = order._ways(list(dict.fromkeys(one for one in dossiers if one)))

    def length(tour):
        closed = [0, *tour, 0]
        return sum(ways[one][other] for one, other in pairwise(closed))

    assert length(order._shortest(ways)) <= length(order._improved(ways)) <= length(order._nearest(ways))


@pytest.mark.parametrize("seed", range(3))
def test_a_day_of_230_dossiers_is_ordered_within_two_seconds(seed):
    dossiers = a_day(seed)

    started = time.process_time()
    ranks = ordered(dossiers)

    assert time.process_time() - started < 2
    by_group = exits(sorted(dossiers, key=sorted))
    assert exits([dossiers[rank] for rank in ranks]) < by_group < exits(dossiers)
