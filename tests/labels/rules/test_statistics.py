import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels.rules.judged import Judged
from labels.rules.statistics import Holder, Inputs, Laureate, Row, Scope, compute, digest, tally


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


def row(rows, region, category="", **scope):
    return next(one for one in rows if one.scope == Scope(region, category=category, **scope))


ONE_VILLE = Row(
    region="32",
    departement=None,
    category="ville",
    level="",
    laureates=1,
    level_1=0,
    level_2=0,
    level_3=1,
    level_4=0,
    level_5=0,
    level_unconfirmed=0,
    ten=0,
    ten_in_force=None,
    mentions=0,
    communes=1,
    member_communes=0,
    inhabitants=900,
    dossiers=0,
    sheets=None,
    sheets_new=None,
    sheets_modified=None,
    sheets_renewed=None,
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

    assert [tuple(one.scope) for one in rows if one.laureates] == [
        (None, None, "", ""),
        (None, None, "", "3"),
        (None, None, "ville", ""),
        (None, None, "ville", "3"),
        ("32", None, "", ""),
        ("32", None, "", "3"),
        ("32", None, "ville", ""),
        ("32", None, "ville", "3"),
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
    assert digest(rows) == "4b5d2940aa0949d6073b8cc1c9116723206161837d47298f0be7a5937740c0eb"


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
    for counted in (
        lambda one: one.region and not one.departement and one.category and not one.level,
        lambda one: not one.region and not one.category and one.level,
    ):
        assert sum(one.laureates for one in rows if counted(one)) == len(laureates)
    assert row(rows, None).inhabitants <= 321


def test_departement_has_its_rows_where_the_geography_gives_one():
    rows = tally([laureate(departement="59"), laureate(communes=frozenset())], {})

    assert [(one.departement, one.category, one.level, one.laureates) for one in rows if one.departement] == [
        ("59", "", "", 1),
        ("59", "", "3", 1),
        ("59", "ville", "", 1),
        ("59", "ville", "3", 1),
    ]
    assert row(rows, "32").laureates == 2


def figures(**inputs):
    return compute(Inputs(**{"laureates": [laureate(code="59001")], "inhabitants": {}} | inputs))


def dossier(services=(), **sheets):
    return Judged(sheets, dict(services))


def fiches(one):
    return one.dossiers, one.sheets, one.sheets_new, one.sheets_modified, one.sheets_renewed


def test_fiches_are_not_known_where_no_dossier_was_filed_here():
    outcome = figures()

    assert {fiches(one) for one in outcome.rows} == {(0, None, None, None, None)}
    assert outcome.coverage == []


def test_fiches_are_counted_from_the_dossiers_of_laureates():
    judged = {"59001": dossier(a="1", b="2"), "59009": dossier(c="3")}

    rows = figures(judged=judged).rows

    assert fiches(row(rows, "32")) == (1, 2, None, None, None)
    assert fiches(row(rows, None, "village")) == (0, 0, None, None, None)


def test_fiches_are_new_modified_or_renewed_beside_the_edition_before():
    judged = {"59001": dossier(a="1", b="2", c="3", d="4")}

    rows = figures(judged=judged, before=[dossier(a="1"), dossier(b="autre", e="5")]).rows

    assert fiches(row(rows, "32", level="3")) == (1, 4, 2, 1, 1)
    assert fiches(row(rows, None, "village")) == (0, 0, 0, 0, 0)


def test_titles_in_force_are_told_of_no_class_of_level():
    holders = [Holder("59001", "32", "59", "ville"), Holder("2A004", "94", "2A", "ville")]

    rows = figures(holders=holders).rows

    assert [row(rows, region).ten_in_force for region in (None, "32", "94")] == [2, 1, 1]
    assert (row(rows, "94").laureates, row(rows, None, level="3").ten_in_force) == (0, None)


def test_titles_in_force_count_a_holder_once():
    twice = [Holder("59001", "32", "59", "ville")] * 2

    assert row(figures(holders=twice).rows, None).ten_in_force == 1


def test_digest_tells_one_coverage_from_another():
    known = {"services": {"s1": "e1"}, "before": []}

    one = figures(judged={"59001": dossier({"s1": 1}, a="1")}, **known)
    other = figures(judged={"59001": dossier({}, a="1")}, **known)

    assert [len(one.coverage), len(other.coverage)] == [2, 2]
    assert one.digest != other.digest
