import pytest

from labels.rules.peers import MOST_ADDED, MOST_LEFT_OUT, Group, codes_in, not_added, too_many


@pytest.mark.parametrize(
    ("text", "codes"),
    [("", ()), (" 2a004  01001 ", ("2A004", "01001")), ("01001,01002; 01001", ("01001", "01002"))],
)
def test_codes_in(text, codes):
    assert codes_in(text) == codes


def test_group_without_one_that_was_added_by_hand():
    assert Group(30, ("1", "2"), ("3",)).without("2") == Group(30, ("1",), ("3", "2"))


def test_group_without_one_that_is_out_already():
    assert Group(left_out=("3",)).without("3") == Group(left_out=("3",))


def test_group_with_one_back():
    assert Group(None, ("1",), ("3", "4")).with_back("3") == Group(None, ("1",), ("4",))


@pytest.mark.parametrize(
    ("group", "words"),
    [
        (Group(), {}),
        (Group(30, ("1", "2"), ("3",)), {"km": "30", "avec": "1 2", "sans": "3"}),
    ],
)
def test_words_of_a_group(group, words):
    assert group.words == words


def test_too_many_names_those_set_aside():
    added = [str(rank) for rank in range(MOST_ADDED + 2)]
    left_out = [str(rank) for rank in range(MOST_LEFT_OUT + 1)]

    assert too_many(added, left_out) == [
        "12 collectivités s’ajoutent au plus. Laissées de côté : 12, 13.",
        "60 collectivités s’ôtent au plus. Restées dans le groupe : 60.",
    ]
    assert too_many(added[:MOST_ADDED], left_out[:MOST_LEFT_OUT]) == []


def test_not_added_says_why():
    assert not_added(["1", "2", "3"], {"1": "Ici", "2": "Là"}, own="1") == [
        "Votre collectivité ne s’ajoute pas : c’est elle que le groupe aide à situer.",
        "Aucune collectivité d’aujourd’hui n’a ce code : 3. Vérifiez-le.",
        "Sans fiche qui compte, donc sans rien à comparer : Là (2).",
    ]
    assert not_added([], {}, own="1") == []
