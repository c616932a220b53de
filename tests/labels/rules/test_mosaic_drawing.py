import re
from xml.etree import ElementTree as ET

from labels.rules.mosaic import EnjeuTiles, FamilyTiles, Mosaic, Tile
from labels.rules.mosaic_drawing import drawing, words


def picture():
    tiles = tuple(Tile(f"S{n}", f"Service <{n}>", count=n) for n in range(7))
    aside = Tile("S9", "Le wifi", is_concerned=False)
    one = EnjeuTiles("E1", "Une longue appellation d’enjeu", (*tiles, aside))
    return Mosaic((FamilyTiles("F", (one, EnjeuTiles("E2", "Deux", ()))),))


def test_drawing_is_a_file_that_reads_and_escapes():
    tree = ET.fromstring(drawing(picture(), title="A & <B>"))

    titles = [one.text for one in tree.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[:3] == ["A & <B>", "Service <0>\u00a0: 0\u00a0fiche", "Service <1>\u00a0: 1\u00a0fiche"]


def test_drawing_says_a_number_a_shade_and_a_pattern():
    drawn = drawing(picture(), title="x")

    assert re.findall(r">(\d|–)</text></g>", drawn) == ["0", "1", "2", "3", "4", "5", "6", "–"]
    assert re.findall(r"url\(#p(\d)\)", drawn) == ["1", "2", "3", "3"]


def test_what_moved_since_last_year_is_drawn_and_said():
    moved = [Tile(f"S{n}", "Le wifi", count=n, before=2) for n in (0, 2, 3)]
    drawn = drawing(Mosaic((FamilyTiles("F", (EnjeuTiles("E", "Un", tuple(moved)),)),)), title="x")

    assert [words(one).partition("fiche")[2] for one in moved] == [
        ", 2 de moins qu’à l’édition précédente",
        "s",
        "s, 1 de plus qu’à l’édition précédente",
    ]
    assert (drawn.count("l3 5z"), drawn.count("l-3-5z")) == (0, 1)
    assert drawn.count('h6l-3 5z" fill="none"') == 1


def test_words_of_a_service_that_is_not_concerned():
    assert words(Tile("S", "Le wifi", is_concerned=False)) == "Le wifi\u00a0: non concerné"
    assert words(Tile("S", "Le wifi", count=2, is_concerned=False)) == "Le wifi\u00a0: 2\u00a0fiches"
