import pytest

from labels.choices import DocumentKind
from labels.rules.member_document import (
    ABOUT,
    CHAPTERS,
    MOST_YEARS,
    Asked,
    asked_from,
    in_order,
    mandate_of,
    years_problem,
    years_words,
)


@pytest.mark.parametrize("table", [ABOUT, CHAPTERS])
def test_every_document_is_described(table):
    assert set(table) == set(DocumentKind)


@pytest.mark.parametrize(
    "asked",
    [Asked("note", ("mosaique",), year=2025), Asked("bilan", ("niveaux", "enjeux"), since=2020, until=2026)],
)
def test_what_was_asked_is_read_back(asked):
    assert asked_from(asked.kind, asked.facts()) == asked


def test_choices_that_a_document_has_not_are_not_written():
    assert Asked("passation", ("droits",)).facts() == {"chapters": ["droits"]}


@pytest.mark.parametrize(
    ("chosen", "kept"), [(["c", "a"], ("a", "c")), ([], ("a", "b", "c")), (["z"], ("a", "b", "c"))]
)
def test_chapters_come_in_the_order_of_the_document(chosen, kept):
    assert in_order(chosen, {"a": "A", "b": "B", "c": "C"}) == kept


def test_mandate_is_the_last_six_years():
    assert mandate_of(2026) == (2021, 2026)


@pytest.mark.parametrize(
    ("since", "until", "problem"),
    [
        (2026, 2020, "La première année suit la dernière : inversez-les."),
        (2026 - MOST_YEARS, 2026, "Un bilan couvre au plus 15 années : rapprochez les deux."),
        (2027 - MOST_YEARS, 2026, ""),
        (2026, 2026, ""),
    ],
)
def test_years_make_a_report(since, until, problem):
    assert years_problem(since, until) == problem


@pytest.mark.parametrize(("years", "words"), [([2020, 2021], "2020–2021"), ([2026], "2026")])
def test_years_are_told(years, words):
    assert years_words(years) == words
