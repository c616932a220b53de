import datetime as dt
import re
from xml.etree import ElementTree as ET

from labels.rules.mosaic import EnjeuTiles, FamilyTiles, Mosaic, Tile
from labels.rules.mosaic_drawing import counted_words, drawing, key_of, words

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Une longue appellation d’enjeu que rien ne coupe au milieu"


def picture():
    tiles = tuple(Tile(f"S{n}", f"Service <{n}>", count=n) for n in range(7))
    aside = Tile("S9", "Le wifi", is_concerned=False)
    one = EnjeuTiles("E1", LONG, (*tiles, aside))
    return Mosaic(
        (FamilyTiles("Vivre & bâtir", (one, EnjeuTiles("E2", "Deux", ()))), FamilyTiles("Vide", ()))
    )


def drawn(mosaic=None, title="x"):
    return drawing(mosaic or picture(), title=title, counted="le 1er mai 2028")


def moved():
    return tuple(Tile(f"S{n}", "Le wifi", count=n, before=2) for n in (0, 2, 3))


def names(tree, role):
    return [one.get("aria-label") for one in tree.iter(f"{SVG}g") if one.get("role") == role]


def test_drawing_is_a_file_that_reads_and_escapes():
    tree = ET.fromstring(drawn(title="A & <B>"))

    assert tree.find(f"{SVG}title").text == "A & <B>"
    assert tree.find(f"{SVG}desc").text == (
        "6\u00a0services couverts sur 8, 1\u00a0enjeu sur 2, d’après les fiches comptées le 1er mai 2028."
    )


def test_drawing_names_its_groups_and_tiles_to_a_reader_of_the_screen():
    tree = ET.fromstring(drawn())

    assert tree.get("role") == "group"
    assert names(tree, "group") == ["Vivre & bâtir", LONG, "Deux", "Vide", "Fiches en vie par service"]
    assert names(tree, "img")[:3] == [
        "Service <0>\u00a0: 0\u00a0fiche",
        "Service <1>\u00a0: 1\u00a0fiche",
        "Service <2>\u00a0: 2\u00a0fiches",
    ]
    assert names(tree, "img")[7:] == ["Le wifi\u00a0: non concerné", *(told for _, told in key_of(picture()))]


def test_drawing_writes_every_name_whole():
    texts = [one.text for one in ET.fromstring(drawn()).iter(f"{SVG}text")]
    title = " ".join(f"mot-{n}" for n in range(20))

    assert LONG in " ".join(texts)
    assert "Vivre & bâtir" in texts
    assert title in " ".join(one.text for one in ET.fromstring(drawn(title=title)).iter(f"{SVG}text"))


def test_drawing_says_a_number_a_shade_and_a_pattern():
    tiles, _, key = drawn().partition("Fiches en vie par service")

    assert re.findall(r">(\d|–)</text></g>", tiles) == ["0", "1", "2", "3", "4", "5", "6", "–"]
    assert re.findall(r"url\(#p(.)\)", tiles) == ["1", "2", "3", "3", "x"]
    assert re.findall(r"url\(#p(.)\)", key) == ["1", "2", "3", "x"]


def test_what_moved_since_last_year_is_drawn_and_said():
    mosaic = Mosaic((FamilyTiles("F", (EnjeuTiles("E", "Un", moved()),)),))
    tiles, _, key = drawn(mosaic).partition("Fiches en vie par service")

    assert [words(one).partition("fiche")[2] for one in moved()] == [
        ", 2 de moins qu’à l’édition précédente",
        "s",
        "s, 1 de plus qu’à l’édition précédente",
    ]
    for part in (tiles, key):
        assert (part.count("h6l-3-5z"), part.count('h6l-3 5z" fill="none"')) == (1, 1)


def test_key_explains_the_marks_only_where_there_are_any():
    told = [meaning for _, meaning in key_of(Mosaic((FamilyTiles("F", (EnjeuTiles("E", "Un", moved()),)),)))]

    assert told[len(key_of(picture())) :] == [
        "plus qu’à l’édition précédente",
        "moins qu’à l’édition précédente",
    ]


def test_words_of_a_service_that_is_not_concerned():
    assert words(Tile("S", "Le wifi", is_concerned=False)) == "Le wifi\u00a0: non concerné"
    assert words(Tile("S", "Le wifi", count=2, is_concerned=False)) == "Le wifi\u00a0: 2\u00a0fiches"


def test_words_of_the_day_on_which_fiches_were_counted():
    day = dt.date(2028, 5, 1)

    assert counted_words(day, is_closed=False) == "le 1er\u00a0mai 2028"
    assert counted_words(day, is_closed=True) == "le 1er\u00a0mai 2028, à la clôture"
