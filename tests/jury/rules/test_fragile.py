from fractions import Fraction
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from jury.rules.fragile import Fragility, fragility
from jury.rules.proposal import Coverage, Limits, propose

LIMITS = Limits([(1, 1), (16, 6), (29, 9), (45, 12), (65, 14)], [0, 100, 175, 250, 325])
OPINIONS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), min_size=1)


def by_mean(opinions):
    """An invented rule: the mean in tenths of a point, in steps of eight."""
    return min(5, 1 + int(sum(opinions.values()) / len(opinions)) // 8)


def by_median(opinions):
    ranked = sorted(opinions.values())
    return 1 + ranked[len(ranked) // 2] // 10


def test_agreement_is_not_fragile():
    same = {"a": 20, "b": 20, "c": 20}

    assert fragility(same, same, by_mean) == Fragility(3, 3, {})
    assert not fragility(same, same, by_mean).is_fragile


def test_the_jurors_who_carry_the_level_are_named():
    opinions = {"a": 15, "b": 15, "c": 40}

    found = fragility(opinions, opinions, by_mean)

    assert (found.level, found.without, found.is_fragile) == (3, {"a": 4, "b": 4, "c": 2}, True)


def test_normalised_scores_alone_make_it_fragile():
    raw, normalised = {"a": 20, "b": 20, "c": 20}, {"a": 25, "b": 25, "c": 25}

    found = fragility(raw, normalised, by_mean)

    assert (found.level, found.normalised, found.without, found.is_fragile) == (3, 4, {}, True)


def test_a_single_opinion_is_fragile():
    found = fragility({"a": 20}, {"a": 20}, by_mean)

    assert (found.alone, found.without, found.is_fragile) == ("a", {}, True)


@given(OPINIONS, st.integers(-6, 6), st.sampled_from([by_mean, by_median]))
def test_fragile_equals_the_brute_force(raw, shift, rule):
    normalised = {juror: max(0, value + shift) for juror, value in raw.items()}

    found = fragility(raw, normalised, rule)

    juries = [dict(some) for some in combinations(raw.items(), len(raw) - 1)]
    levels = {rule(jury) for jury in juries if jury} | {rule(raw), rule(normalised)}
    assert found.is_fragile == (len(levels) > 1 or len(raw) == 1)
    assert all(
        rule({k: v for k, v in raw.items() if k != juror}) == level for juror, level in found.without.items()
    )


SCORES = st.dictionaries(st.integers(1, 9), st.fractions(0, 4, max_denominator=10), min_size=1, max_size=7)


@given(SCORES, st.integers(0, 144), st.integers(0, 16), st.fractions(-1, 1, max_denominator=10))
def test_fragile_with_the_rule_of_the_edition_equals_the_brute_force(raw, services, enjeux, shift):
    coverage = Coverage(services, enjeux)
    normalised = {juror: min(max(score + shift, Fraction(0)), Fraction(4)) for juror, score in raw.items()}

    def level(opinions):
        return propose(coverage, opinions.values(), LIMITS).level

    found = fragility(raw, normalised, level)

    proposed = level(raw)
    juries = {juror: {key: raw[key] for key in raw if key != juror} for juror in raw}
    changed = {juror: level(rest) for juror, rest in juries.items() if rest and level(rest) != proposed}
    assert (found.level, found.normalised, found.without) == (proposed, level(normalised), changed)
    assert found.is_fragile == (bool(changed) or level(normalised) != proposed or len(raw) == 1)
