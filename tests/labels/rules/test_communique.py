"""The sentences of a press kit."""

import datetime as dt
from dataclasses import replace

import pytest

from labels.rules.communique import Facts, communique, listed, ordinal, titles

FACTS = Facts(
    year=2025,
    ceremony=dt.date(2025, 2, 6),
    laureates=226,
    cities=169,
    villages=45,
    territories=12,
    regions=17,
    communes=480,
    member_communes=275,
    inhabitants=4358569,
    ten=13,
    mentions=10,
    themes=["médiation numérique", "transition écologique"],
)


def plain(told):
    return [one.replace("\u00a0", " ").replace("\u202f", " ") for one in told]


def test_communique_tells_who_how_many_and_what_was_distinguished():
    who, people, won = plain(communique(FACTS))

    assert who == (
        "Le 6 février 2025, 226 collectivités ont reçu le label « Territoires, Villes et Villages Internet », de une à cinq "
        "arobases : 169 villes, 45 villages et 12 territoires, dans 17 régions. C’est la 26e édition du label."
    )
    assert people.startswith(
        "Le palmarès concerne 480 communes, dont 275 membres d’un territoire, et 4 358 569 habitants : "
    )
    assert won == (
        "Le jury a décerné 13 titres « Territoire d’excellence numérique » (TEN) et 10 mentions (médiation numérique et "
        "transition écologique)."
    )


def test_communique_of_one_laureate_is_in_the_singular():
    alone = replace(
        FACTS,
        ceremony=None,
        laureates=1,
        cities=0,
        villages=1,
        territories=0,
        regions=1,
        communes=1,
        ten=0,
        mentions=0,
    )

    who, people = plain(communique(alone))

    assert who.startswith("En 2025, 1 collectivité a reçu le label")
    assert "arobases : 1 village, dans 1 région." in who
    assert people.startswith("Le palmarès concerne 1 commune et ")


def test_titles_in_force_are_not_told_when_an_edition_is_not_known():
    [told] = plain([titles(2025, 13, [2023, 2024], 3)])

    assert told.endswith(
        "Il est porté pendant 3 éditions. 13 titres 2025 ; titulaires 2023 et 2024 non connus ici."
    )
    assert titles(2025, 13, [], 3).endswith("éditions.")


@pytest.mark.parametrize(("year", "words"), [(2000, "1re"), (2025, "26e")])
def test_rank_of_an_edition_in_words(year, words):
    assert ordinal(year) == words


@pytest.mark.parametrize(
    ("words", "told"), [(["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_words_in_a_row(words, told):
    assert listed(words) == told
