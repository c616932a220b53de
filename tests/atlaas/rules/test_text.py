import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlaas.rules.text import (
    NARROW,
    WIDE,
    decimal,
    expanded,
    fold,
    french,
    grouped,
    listed,
    plural,
    shortened,
    slug,
    typographic,
)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Villeneuve-d'Ascq", "villeneuve d ascq"),
        ("Villeneuve-d’Ascq", "villeneuve d ascq"),
        ("Vandœuvre-lès-Nancy", "vandoeuvre les nancy"),
        ("ÉVRON", "evron"),
        ("  L'Haÿ-les-Roses ", "l hay les roses"),
        ("Saint\u200b-Denis", "saint denis"),
        ("Ｅxemple", "exemple"),
        ("", ""),
    ],
)
def test_fold_keeps_letters_and_digits_only(name, folded):
    assert fold(name) == folded


@given(st.text(max_size=60))
def test_fold_twice_changes_nothing_more(name):
    assert fold(fold(name)) == fold(name)


@pytest.mark.parametrize(
    ("name", "full"), [("St-Étienne", "saint etienne"), ("Ste Foy", "sainte foy"), ("Est", "est"), ("", "")]
)
def test_expanded_writes_saints_in_full(name, full):
    assert expanded(name) == full


def test_slug_joins_with_hyphens():
    assert slug("L’Île-d’Yeu") == "l-ile-d-yeu"


def test_typographic_settles_apostrophes_and_spaces():
    assert typographic(" L'accès  aux droits ") == "L’accès aux droits"


@pytest.mark.parametrize(
    ("plain", "typeset"),
    [
        ("Attention !", f"Attention{NARROW}!"),
        ("Note : l'essentiel", f"Note{WIDE}: l’essentiel"),
        ("le label « Villes »", f"le label «{WIDE}Villes{WIDE}»"),
        ("5 @ et 62 868 habitants", f"5{WIDE}@ et 62{NARROW}868 habitants"),
        ("à 6 km", f"à 6{WIDE}km"),
    ],
)
def test_french_puts_the_spaces_of_typography(plain, typeset):
    assert french(plain) == typeset


@pytest.mark.parametrize(
    ("number", "written"), [(0, "0"), (999, "999"), (62868, f"62{NARROW}868"), (-1234, f"-1{NARROW}234")]
)
def test_grouped_sets_thousands_apart(number, written):
    assert grouped(number) == written


def test_decimal_writes_a_comma():
    assert decimal(4.44) == "4,4"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, f"0{WIDE}lauréat"),
        (1, f"1{WIDE}lauréat"),
        (2, f"2{WIDE}lauréats"),
        (1000, f"1{NARROW}000{WIDE}lauréats"),
    ],
)
def test_plural_counts_from_two(number, written):
    assert plural(number, "lauréat") == written


def test_plural_takes_an_odd_form():
    assert plural(2, "enjeu", "enjeux") == f"2{WIDE}enjeux"


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Un bus", "Un bus"), ("Un bus, deux bus", "Un bus…"), ("Anticonstitutionnellement", "Anticonst…")],
)
def test_shortened_keeps_whole_words(text, kept):
    assert shortened(text, 10) == kept


@pytest.mark.parametrize(
    ("items", "written"),
    [([], ""), ([2023], "2023"), ([2023, 2024], "2023 et 2024"), (["a", "b", "c"], "a, b et c")],
)
def test_listed_joins_the_last_by_et(items, written):
    assert listed(items) == written
