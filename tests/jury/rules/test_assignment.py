"""What a plan costs, what no plan can give, and when a plan no longer fits."""

from dataclasses import replace

import pytest

from jury.rules.assignment import Dossier, Plan, Reader, Task, changes, cost_of, misfit, shortages

ANNE, BILAL, CHLOE = Reader(1, "Anne"), Reader(2, "Bilal"), Reader(3, "Chloé")
NORTH = Dossier("n", "Nordville", "ville", "32")
SOUTH = Dossier("s", "Sudville", "ville", "93")
TASK = Task(needed=2, seed=1, readers=(ANNE, BILAL, CHLOE), dossiers=(NORTH, SOUTH))
PAIRS = frozenset({(1, "n"), (2, "n"), (2, "s"), (3, "s")})
PLAN = Plan(PAIRS, today=frozenset(), readers=frozenset({1, 2, 3}), dossiers=frozenset({"n", "s"}))


@pytest.mark.parametrize(
    ("recused", "away", "sentence"),
    [
        (
            {(1, "n"), (2, "n")},
            1,
            "Nordville\u00a0: 1 lecteur possible sur 2 demandés (2 déports, 1 absent)",
        ),
        ({(1, "n"), (2, "n"), (3, "n")}, 0, "Nordville\u00a0: 0 lecteur possible sur 2 demandés (3 déports)"),
    ],
)
def test_shortage_says_why(recused, away, sentence):
    task = replace(TASK, recused=frozenset(recused), away=away)

    assert [one.sentence for one in shortages(task)] == [sentence]


def test_shortage_of_a_jury_too_small_has_no_reason_to_give():
    task = replace(TASK, readers=(ANNE,))

    assert [one.sentence for one in shortages(task)] == [
        "Nordville\u00a0: 1 lecteur possible sur 2 demandés",
        "Sudville\u00a0: 1 lecteur possible sur 2 demandés",
    ]


def test_no_shortage_when_everyone_may_read():
    assert shortages(TASK) == []


def test_cost_counts_in_the_order_of_importance():
    task = replace(TASK, needed=3, last_year=frozenset({(1, "n")}), today=frozenset({(2, "s")}))

    # Loads 1, 2, 1; each category holds them all; each région one at a time.
    assert cost_of(task, PAIRS) == (2, 1, 6, 3, 6, 4)


def test_standing_pairs_are_those_that_may_stay():
    fixed = frozenset({(1, "n"), (2, "n"), (9, "n"), (1, "gone")})
    task = replace(TASK, fixed=fixed, recused=frozenset({(2, "n")}))

    assert task.standing() == {(1, "n")}


def test_changes_against_what_stands():
    plan = replace(PLAN, today=frozenset({(1, "n"), (3, "n")}))

    found = changes(plan)

    assert (found.added, found.removed, found.kept) == (
        [(2, "n"), (2, "s"), (3, "s")],
        [(3, "n")],
        [(1, "n")],
    )


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({}, ""),
        (
            {"readers": (ANNE, BILAL)},
            "Le jury a changé depuis cet aperçu\u00a0: un membre est parti, ou a déclaré ses liens.",
        ),
        (
            {"dossiers": (NORTH,)},
            "Les dossiers ont changé depuis cet aperçu\u00a0: un dépôt est arrivé, ou a été retiré.",
        ),
        ({"recused": frozenset({(1, "s")})}, ""),
        ({"recused": frozenset({(3, "s")})}, "Un déport a été déclaré depuis cet aperçu (Sudville)."),
        ({"fixed": frozenset({(1, "n")})}, ""),
        (
            {"fixed": frozenset({(3, "n")})},
            "Une lecture a commencé, ou un lecteur a été choisi à la main, depuis cet aperçu (Nordville).",
        ),
        (
            {"today": frozenset({(1, "n")})},
            "La répartition a changé depuis cet aperçu\u202f; refaites-en un.",
        ),
    ],
)
def test_misfit_says_what_changed(facts, sentence):
    assert misfit(PLAN, replace(TASK, **facts)) == sentence
