"""What a letter says: strengths, next steps, contradictions, the same words from 1 @ to 5 @."""

import json
from itertools import permutations

import pytest

from jury.rules.letter import (
    Contradiction,
    Facts,
    Point,
    Said,
    contradictions,
    letter_of,
    points,
    reason_to_wait,
)

HEALTH, SCHOOL = (1, 1, "SAN"), (1, 2, "EDU")


def said(kind, enjeu=SCHOOL, criterion="Usage", position=2):
    return Said(enjeu, enjeu[1], enjeu[2], kind, position, criterion)


def facts(**given):
    told = {
        "year": 2030,
        "is_demo": False,
        "code": "01001",
        "collectivity": "Exempleville",
        "category": "ville",
        "level": 3,
        "is_ten": False,
        "mentions": (),
        "strengths": (),
        "next_steps": (),
        "contact": "label@exemple.test",
    }
    return Facts(**(told | given))


def test_remarks_are_told_once_in_the_order_of_the_referential_whoever_made_them():
    remarks = [
        said("strength"),
        said("strength"),
        said("strength", criterion="Étendue", position=1),
        said("strength", HEALTH),
    ]

    found = {points(order, {}, "strength") for order in permutations(remarks)}

    assert found == {(Point("SAN", ("Usage",)), Point("EDU", ("Étendue", "Usage")))}
    assert points(remarks, {}, "next_step") == ()


def test_a_contradiction_is_on_an_enjeu_whatever_the_criterion():
    remarks = [said("strength"), said("next_step", criterion="Étendue"), said("next_step", HEALTH)]

    assert contradictions(remarks, {}) == [Contradiction(2, "EDU", ("Usage",), ("Étendue",), "")]
    assert contradictions(remarks, {2: "neither"})[0].settled == "neither"


@pytest.mark.parametrize(
    ("settled", "strengths", "steps"),
    [({}, [], []), ({2: "strength"}, ["EDU"], []), ({2: "next_step"}, [], ["EDU"]), ({2: "neither"}, [], [])],
)
def test_what_was_settled_decides(settled, strengths, steps):
    remarks = [said("strength"), said("next_step", criterion="Étendue")]

    assert [one.name for one in points(remarks, settled, "strength")] == strengths
    assert [one.name for one in points(remarks, settled, "next_step")] == steps


def test_what_was_settled_is_forgotten_once_nobody_contradicts():
    assert points([said("strength")], {2: "neither"}, "strength") == (Point("EDU", ("Usage",)),)


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_the_form_is_the_same_at_each_level(level):
    told, other = (letter_of(facts(level=one))["words"] for one in (level, 3))

    assert told.pop("rows")[1:] == other.pop("rows")[1:]
    assert told == other


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ({}, ["3\u00a0arobases sur\u00a05", "Aucun cette année", "Aucune cette année"]),
        (
            {"level": 1, "mentions": ("Santé", "École")},
            ["1\u00a0arobase sur\u00a05", "Aucun cette année", "Santé, École"],
        ),
        (
            {"level": 5, "is_ten": True},
            ["5\u00a0arobases sur\u00a05", "Territoire d’excellence numérique (TEN)", "Aucune cette année"],
        ),
        ({"level": None}, ["Pas encore proclamé", "Aucun cette année", "Aucune cette année"]),
    ],
)
def test_level_title_and_mentions_are_told(given, values):
    assert [one["value"] for one in letter_of(facts(**given))["words"]["rows"]] == values


def test_an_empty_part_says_so_and_keeps_its_heading():
    full, empty = letter_of(facts(strengths=[Point("EDU", ("Usage", "Étendue"))]))["words"]["parts"]

    assert full == {
        "heading": "Vos points forts",
        "lines": [{"name": "EDU", "more": "Usage · Étendue"}],
        "nothing": "",
    }
    assert (empty["heading"], empty["lines"]) == ("Vos prochaines étapes", [])
    assert empty["nothing"].startswith("Le jury n’a pas détaché de prochaine étape\u00a0: ")


@pytest.mark.parametrize(
    ("contact", "sentence"),
    [
        ("label@exemple.test", "Pour parler de cette lettre, écrivez à label@exemple.test."),
        ("", "Pour parler de cette lettre, écrivez à l’équipe du label."),
    ],
)
def test_whom_to_write_to(contact, sentence):
    assert letter_of(facts(contact=contact))["words"]["closing"][0] == sentence


def test_words_have_french_typography():
    text = json.dumps(letter_of(facts()), ensure_ascii=False)

    assert [one for one in (" :", " ;", " !", " ?", "'", "« ", " »") if one in text] == []


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, ""),
        ({"number": 0}, "Aucune lettre n’attend : elles sont parties, ou personne n’a déposé."),
        (
            {"to_settle": ["A", "B"], "to_prepare": 3},
            "Des remarques se contredisent, tranchez-les d’abord : A, B.",
        ),
        (
            {"to_settle": list("ABCDEFGHIJKLMN")},
            f"Des remarques se contredisent, tranchez-les d’abord : {', '.join('ABCDEFGHIJKL')} et 2\u00a0autres.",
        ),
        ({"to_prepare": 3, "without_level": ["A"]}, "Préparez d’abord les lettres : il en manque 3."),
        (
            {"without_level": ["A"]},
            "Il manque un niveau ; vérifiez le palmarès, puis préparez de nouveau les lettres : A.",
        ),
    ],
)
def test_the_first_thing_to_mend_is_told(given, sentence):
    assert reason_to_wait(**({"number": 3} | given)) == sentence
