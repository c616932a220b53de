import pytest

from labels.rules.ten import (
    Answer,
    Known,
    Proof,
    Standing,
    eligibility,
    unknown_years,
    years_held,
    years_of_titles,
)

AT_TOP = Known(5)
RULES = {"run_over": 7, "counts_current": True}


def known(**changes):
    """Eight editions at 5 @, 2018 to 2025; `changes` are by year: `y2020=Known(4)`, or None for one that nothing tells of."""
    run = dict.fromkeys(range(2018, 2026), AT_TOP)
    run |= {int(year[1:]): one for year, one in changes.items()}
    return {year: one for year, one in run.items() if one is not None}


@pytest.mark.parametrize(("held_for", "years"), [(1, [2025]), (3, [2025, 2026, 2027])])
def test_title_holds_from_its_own_edition(held_for, years):
    assert years_held(2025, held_for) == years


@pytest.mark.parametrize(
    ("level", "proof"),
    [
        (Known(5), Proof.TOP),
        (Known(4), Proof.BELOW),
        (Known(4, is_certain=False), Proof.DOUBTFUL),
        (Known(None), Proof.DOUBTFUL),
        (Known(is_there=False), Proof.ABSENT),
    ],
)
def test_what_a_source_proves(level, proof):
    assert level.proof == proof


def test_eligible_when_each_edition_of_the_run_is_proved():
    found = eligibility(2025, known(), **RULES)

    assert found.answer == Answer.ELIGIBLE
    assert dict(found.run) == dict.fromkeys(range(2025, 2017, -1), Proof.TOP)
    assert (found.missing, found.against) == ([], [])


@pytest.mark.parametrize(
    ("changes", "answer", "missing", "against"),
    [
        ({"y2017": Known(3)}, Answer.ELIGIBLE, [], []),
        ({"y2025": Known(4)}, Answer.NOT_ELIGIBLE, [], [2025]),
        ({"y2018": Known(4), "y2020": None}, Answer.NOT_ELIGIBLE, [2020], [2018]),
        ({"y2021": Known(is_there=False)}, Answer.NOT_ELIGIBLE, [], [2021]),
        ({"y2025": None}, Answer.UNPROVED, [2025], []),
        ({"y2024": Known(4, is_certain=False), "y2019": None}, Answer.UNPROVED, [2024, 2019], []),
        ({"y2018": Known(None)}, Answer.UNPROVED, [2018], []),
    ],
)
def test_answer_with_its_proof(changes, answer, missing, against):
    found = eligibility(2025, known(**changes), **RULES)

    assert (found.answer, found.missing, found.against) == (answer, missing, against)


@pytest.mark.parametrize(
    ("run_over", "counts_current", "years"), [(7, True, 8), (7, False, 9), (6, True, 7), (0, True, 1)]
)
def test_length_of_the_run_is_the_edition_s_own(run_over, counts_current, years):
    found = eligibility(2025, {}, run_over=run_over, counts_current=counts_current)

    assert list(found.run) == list(range(2025, 2025 - years, -1))
    assert found.answer == Answer.UNPROVED


def test_titles_in_force_are_told_where_the_three_editions_are_known_whole():
    assert Standing(2025, 13, 40).words.replace("\u00a0", " ") == (
        "40 titres TEN en vigueur, dont 13 remportés en 2025"
    )
    assert Standing(2025, 1, 1).words.replace("\u00a0", " ") == (
        "1 titre TEN en vigueur, dont 1 remporté en 2025"
    )


def test_titles_in_force_that_are_not_known_are_said_so():
    assert Standing(2025, 13, None, [2023, 2024]).words == (
        "13\u00a0titres 2025\u202f; titulaires 2023 et 2024 non connus ici"
    )


def test_editions_that_keep_titles_in_force_from_being_told():
    assert years_of_titles(2025, 3) == [2023, 2024, 2025]
    assert unknown_years(2025, 3, {2020, 2024, 2025}) == [2023]
