import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels.rules.statistics import Laureate, Row, digest, tally


def laureate(**changes):
    facts = {
        "region": "32",
        "category": "ville",
        "level_class": "3",
        "is_ten": False,
        "mentions": 0,
        "communes": frozenset({"59001"}),
        "members": frozenset(),
    }
    return Laureate(**facts | changes)


def row(rows, region, category=""):
    return next(one for one in rows if (one.region, one.category) == (region, category))


ONE_VILLE = Row(
    region="32",
    category="ville",
    laureates=1,
    level_1=0,
    level_2=0,
    level_3=1,
    level_4=0,
    level_5=0,
    level_unconfirmed=0,
    ten=0,
    mentions=0,
    communes=1,
    member_communes=0,
    inhabitants=900,
)


def test_tally_of_nothing_has_the_rows_of_france_at_zero():
    rows = tally([], {})

    assert [(one.region, one.category, one.laureates, one.inhabitants) for one in rows] == [
        (None, "", 0, 0),
        (None, "territoire", 0, 0),
        (None, "village", 0, 0),
        (None, "ville", 0, 0),
    ]


def test_tally_gives_a_row_to_each_region_and_category_that_won():
    rows = tally([laureate()], {"59001": 900})

    assert [(one.region, one.category) for one in rows if one.laureates] == [
        (None, ""),
        (None, "ville"),
        ("32", ""),
        ("32", "ville"),
    ]
    assert row(rows, "32", "ville") == ONE_VILLE


@pytest.mark.parametrize(
    ("level_class", "column"),
    [
        ("1", "level_1"),
        ("2", "level_2"),
        ("3", "level_3"),
        ("4", "level_4"),
        ("5", "level_5"),
        ("4-5", "level_unconfirmed"),
    ],
)
def test_tally_counts_a_level_in_one_class_only(level_class, column):
    france = row(tally([laureate(level_class=level_class)], {}), None)

    counts = {
        name: getattr(france, name)
        for name in ("level_1", "level_2", "level_3", "level_4", "level_5", "level_unconfirmed")
    }
    assert counts == dict.fromkeys(counts, 0) | {column: 1}


def test_tally_counts_titles_and_every_mention():
    won = [laureate(is_ten=True, mentions=2), laureate(mentions=1, communes=frozenset({"59002"}))]

    france = row(tally(won, {}), None)

    assert (france.ten, france.mentions) == (1, 3)


def test_tally_counts_a_commune_and_its_group_once():
    members = frozenset({"59001", "59002", "59003"})
    group = laureate(category="territoire", communes=members, members=members)
    populations = {"59001": 1000, "59002": 200, "59003": 30}

    rows = tally([laureate(), group], populations)

    france = row(rows, None)
    assert (france.laureates, france.communes, france.member_communes, france.inhabitants) == (2, 3, 3, 1230)
    assert row(rows, "32", "ville").inhabitants == 1000
    assert row(rows, "32", "territoire").inhabitants == 1230


def test_tally_counts_a_group_of_unknown_perimeter_in_laureates_only():
    france = row(tally([laureate(category="territoire", communes=frozenset())], {"59001": 1000}), None)

    assert (france.laureates, france.communes, france.member_communes, france.inhabitants) == (1, 0, 0, 0)


def test_tally_adds_nobody_where_the_population_is_unknown():
    france = row(tally([laureate(), laureate(communes=frozenset({"98736"}))], {"59001": 1000}), None)

    assert (france.communes, france.inhabitants) == (2, 1000)


def test_tally_counts_a_commune_of_two_regions_once_for_france():
    shared = frozenset({"59001"})
    rows = tally(
        [laureate(), laureate(region="44", category="territoire", communes=shared, members=shared)],
        {"59001": 1000},
    )

    assert [row(rows, region).inhabitants for region in ("32", "44", None)] == [1000, 1000, 1000]


def test_digest_is_of_the_figures_not_of_their_order():
    rows = tally([laureate(), laureate(region="44", communes=frozenset({"57001"}))], {"59001": 1000})

    assert digest(rows[::-1]) == digest(rows)
    assert digest(rows) == "f8b99b12e7d5c646dd4fef9fa3aa9e94ff3411c6fc2b9d2adfd571b7b54d7153"


def test_digest_changes_with_any_figure():
    one = digest(tally([laureate()], {}))

    assert one != digest(tally([laureate(level_class="4")], {}))


LAUREATES = st.lists(
    st.builds(
        Laureate,
        region=st.sampled_from(["32", "44", "01"]),
        category=st.sampled_from(["ville", "village", "territoire"]),
        level_class=st.sampled_from(["1", "2", "3", "4", "4-5", "5"]),
        is_ten=st.booleans(),
        mentions=st.integers(0, 3),
        communes=st.frozensets(st.sampled_from(["a", "b", "c", "d"])),
        members=st.just(frozenset()),
    ),
    max_size=12,
)


@settings(max_examples=50, deadline=None)
@given(LAUREATES, st.randoms(use_true_random=False))
def test_tally_adds_up_whatever_the_order(laureates, chance):
    shuffled = random.Random(chance.random()).sample(laureates, len(laureates))

    rows = tally(laureates, {"a": 1, "b": 20, "c": 300})

    assert tally(shuffled, {"a": 1, "b": 20, "c": 300}) == rows
    assert row(rows, None).laureates == len(laureates)
    assert sum(one.laureates for one in rows if one.region and one.category) == len(laureates)
    assert row(rows, None).inhabitants <= 321
