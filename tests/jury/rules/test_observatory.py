import pytest

from jury.rules.observatory import counts, speaks_of, stems


@pytest.mark.parametrize(
    ("theme", "found"),
    [
        ("Médiation numérique", ("mediat",)),
        ("Culture et patrimoine", ("cultur", "patrim")),
        ("Éducation, éducations", ("educat",)),
        ("Villes et villages Internet", ("villes", "villag", "intern")),
        ("Numérique", ("numeri",)),
        ("IA", ("ia",)),
        ("5G et IA", ("5g", "et", "ia")),
        ("Œuvres d’art", ("oeuvre",)),
        ("", ()),
        ("« ! »", ()),
    ],
)
def test_a_theme_says_the_beginnings_of_its_words(theme, found):
    assert stems(theme) == found


@pytest.mark.parametrize(
    ("text", "told", "answer"),
    [
        ("un mediateur", ("mediat",), True),
        ("la remediation", ("mediat",), False),
        ("un lieu de culture", ("cultur", "patrim"), False),
        ("patrimoine et cultures", ("cultur", "patrim"), True),
        ("un texte", (), False),
        ("", ("mediat",), False),
    ],
)
def test_a_text_speaks_of_a_theme_when_it_holds_every_beginning(text, told, answer):
    assert speaks_of(text, told) is answer


def test_texts_are_counted_by_theme_and_silent_ones_left_out():
    themes = {"mediation": "Médiation numérique", "sante": "Santé", "vide": "!"}
    texts = ["Des MÉDIATRICES dans les hameaux", "La médiation, la santé", "Rien"]

    assert counts(themes, iter(texts)) == {"mediation": 2, "sante": 1}


def test_nothing_to_count():
    assert counts({}, ["Santé"]) == counts({"sante": "Santé"}, []) == {}
