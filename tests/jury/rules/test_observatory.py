import pytest

from jury.rules.observatory import Speaking, counts, observed, speaks_of, stems


@pytest.mark.parametrize(
    ("theme", "found"),
    [
        ("Médiation numérique", ("mediat",)),
        ("Culture et patrimoine", ("cultur", "patrim")),
        ("Éducation, éducations", ("educat",)),
        ("Villes et villages Internet", ("villes", "villag", "intern")),
        ("Numérique", ("numeri",)),
        ("IA", ("ia",)),
        ("Médiathèques", ("mediath",)),
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
        ("la mediatheque", ("mediat",), False),
        ("la mediatheque", ("mediath",), True),
        ("la mediatheque et ses mediateurs", ("mediat",), True),
        ("un lieu de culture", ("cultur", "patrim"), False),
        ("patrimoine et cultures", ("cultur", "patrim"), True),
        ("un texte", (), False),
        ("", ("mediat",), False),
    ],
)
def test_a_text_speaks_of_a_theme_when_it_holds_every_beginning(text, told, answer):
    assert speaks_of(text, told) is answer


def a_fiche(key, title, text=""):
    return {"id": key, "content": {"title": title, "summary": None, "text": text}}


def test_a_fiche_that_speaks_is_told_with_its_words_as_they_are_written():
    themes = {"mediation": "Médiation numérique", "art": "Œuvres et culture", "vide": "!"}
    fiches = [
        a_fiche("a", "Des MÉDIATRICES", "Une œuvre de la vie culturelle"),
        a_fiche("b", "Rien"),
        a_fiche("c", "L’équipe", "À la médiathèque, la médiation dans l’oeuvre"),
    ]

    assert observed(themes, iter(fiches)) == {
        "mediation": (
            Speaking("a", "Des MÉDIATRICES", ("médiatrices",)),
            Speaking("c", "L’équipe", ("médiation",)),
        ),
        "art": (Speaking("a", "Des MÉDIATRICES", ("œuvre", "culturelle")),),
    }


def test_a_word_written_in_another_way_is_told_by_its_beginning():
    fiche = a_fiche("a", "La me\u0301diation")

    assert observed({"mediation": "Médiation"}, [fiche])["mediation"][0].words == ("mediat",)


def test_fiches_are_counted_by_theme_and_silent_ones_left_out():
    themes = {"mediation": "Médiation numérique", "sante": "Santé", "vide": "!"}
    fiches = [
        a_fiche("a", "Des MÉDIATRICES dans les hameaux"),
        a_fiche("b", "La médiation, la santé"),
        a_fiche("c", "Rien"),
    ]

    assert counts(themes, fiches) == {"mediation": 2, "sante": 1}


def test_nothing_to_count():
    assert counts({}, [a_fiche("a", "Santé")]) == counts({"sante": "Santé"}, []) == {}
