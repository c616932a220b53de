"""Evaluations, as rules: steps, what is missing, who sees whose."""

import pytest

from atlaas.rules.refusal import Refused
from jury.choices import EvaluationState
from jury.rules.evaluation import (
    REFUSALS,
    STEPS,
    Comment,
    Facts,
    advance,
    check_complete,
    check_facts,
    check_reason,
    missing,
    sees_others,
    signature,
    state_words,
    step_of,
)

GRID = {1: "Étendue", 2: "Utilité"}
DONE = Facts({1: 0, 2: 4}, 3)
AFTER = {
    ("draft", "score"): "draft",
    ("draft", "remark"): "draft",
    ("draft", "reread"): "draft",
    ("draft", "hand in"): "submitted",
    ("submitted", "remark"): "submitted",
    ("submitted", "change"): "submitted",
}


@pytest.mark.parametrize("state", EvaluationState.values)
@pytest.mark.parametrize("step", ["score", "remark", "reread", "hand in", "change", "reopen"])
def test_every_step_from_every_state(state, step):
    if (state, step) in AFTER:
        assert advance(state, step) == AFTER[state, step]
        return

    with pytest.raises(Refused) as refusal:
        advance(state, step)

    assert str(refusal.value) == REFUSALS.get(step, "Cette évaluation ne peut pas changer ainsi.")


def test_steps_are_those_of_the_states():
    assert set(STEPS) == set(EvaluationState.values)


@pytest.mark.parametrize(
    ("after", "step"),
    [
        (Facts({1: 1, 2: 4}, 3), "score"),
        (Facts({1: 0}, 3), "score"),
        (Facts({1: 0, 2: 4}, 2), "score"),
        (Facts({1: 0, 2: 4}, 3, {7: Comment("strength", 1)}), "remark"),
        (Facts({1: 0, 2: 4}, 3, {}, "Note"), "remark"),
    ],
)
def test_a_score_or_a_level_is_another_step_than_words(after, step):
    assert step_of(DONE, after) == step


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (Facts({3: 1}), "n’est pas de la grille"),
        (Facts({1: 5}), "de 0 à 4"),
        (Facts({1: -1}), "de 0 à 4"),
        (Facts({}, 0), "de 1 à 5"),
        (Facts({}, 6), "de 1 à 5"),
        (Facts({}, None, {7: Comment("strength", 3)}), "n’est pas de la grille"),
        (Facts({}, None, {8: Comment("strength", 1)}), "n’est pas de celles"),
        (Facts({}, None, {7: Comment("praise", 1)}), "n’est pas de celles"),
        (Facts({}, None, {}, "x" * 4001), "4 000 signes"),
        (Facts({}, None, {}, "a\x00b"), "4 000 signes"),
    ],
)
def test_what_is_not_of_the_grid_is_refused(facts, sentence):
    with pytest.raises(Refused, match=sentence):
        check_facts(facts, criteria=GRID, enjeux={7})


def test_what_is_of_the_grid_is_kept():
    facts = Facts({1: 0, 2: 4}, 5, {7: Comment("next_step", 2)}, "x" * 4000)

    assert check_facts(facts, criteria=GRID, enjeux={7}) is None


@pytest.mark.parametrize(
    ("facts", "lacking"),
    [
        (Facts(), ["Étendue", "Utilité", "le niveau envisagé"]),
        (Facts({1: 0}), ["Utilité", "le niveau envisagé"]),
        (Facts({1: 0, 2: 0}), ["le niveau envisagé"]),
        (Facts({}, 1), ["Étendue", "Utilité"]),
        (DONE, []),
    ],
)
def test_what_is_missing_is_named_in_the_order_of_the_grid(facts, lacking):
    assert missing(facts, GRID) == lacking
    if lacking:
        with pytest.raises(Refused) as refusal:
            check_complete(facts, GRID)
        assert str(refusal.value) == f"Il manque, avant de remettre : {', '.join(lacking)}."
    else:
        assert check_complete(facts, GRID) is None


def test_nothing_is_handed_in_without_a_grid():
    with pytest.raises(Refused, match="pas encore de critère"):
        check_complete(Facts({}, 3), {})


def test_how_far_it_is_reads_as_a_sentence():
    assert state_words(["A", "B"]) == "Avant de remettre, il manque : A, B."
    assert state_words([]) == "Tout est là : vous pouvez remettre."


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"reason": ""}, "en une ligne pourquoi"),
        ({"reason": "a\x00"}, "en une ligne pourquoi"),
        ({"reason": "x" * 301}, "300 signes"),
        ({"after": 2}, "C’est déjà"),
        ({"before": None}, "n’est pas de ceux"),
    ],
)
def test_a_change_has_another_value_and_a_reason(facts, sentence):
    with pytest.raises(Refused, match=sentence):
        check_reason(**({"reason": "Vu en séance", "before": 2, "after": 3} | facts))


def test_a_change_with_both_is_kept():
    assert check_reason("x" * 300, before=0, after=4) == 0


@pytest.mark.parametrize(("own", "sees"), [(None, False), ("draft", False), ("submitted", True)])
def test_others_are_seen_after_ones_own(own, sees):
    assert sees_others(own) == sees


def test_nobody_has_a_name_until_the_president_says_so():
    assert signature(0, "Ada Exemple", names_open=False) == "Un autre membre (A)"
    assert signature(27, "Ada Exemple", names_open=False) == "Un autre membre (B)"
    assert signature(0, "Ada Exemple", names_open=True) == "Ada Exemple"
