from fractions import Fraction

import pytest

from labels.rules import document_blocks as blocks
from labels.rules.mosaic import Place, Tile, arranged
from labels.rules.quartiles import Quartiles
from labels.rules.standing import Standing

WIDE = "\u00a0"


def test_mosaic_tells_each_tile_by_a_shade_and_a_mark():
    tiles = [Tile("a", "A", 3), Tile("b", "B"), Tile("c", "C", is_concerned=False)]

    drawn = blocks.mosaic(arranged(Place("Famille", "E", "Enjeu", one) for one in tiles))

    (family,) = drawn["families"]
    assert family == {
        "name": "Famille",
        "enjeux": [
            {
                "name": "Enjeu",
                "told": f"1{WIDE}sur{WIDE}2",
                "tiles": [
                    {"mark": "3", "shade": "3"},
                    {"mark": "0", "shade": "0"},
                    {"mark": "–", "shade": "x"},
                ],
            }
        ],
    }
    assert [one["shade"] for one in drawn["key"]] == ["0", "1", "2", "3", "4", "x"]


def test_enjeu_that_concerns_nobody_says_so():
    aside = Tile("a", "A", is_concerned=False)

    drawn = blocks.mosaic(arranged([Place("Famille", "E", "Enjeu", aside)]))

    assert drawn["families"][0]["enjeux"][0]["told"] == f"non{WIDE}concerné"


@pytest.mark.parametrize(
    ("peers", "told"),
    [
        (
            Quartiles(Fraction(1), Fraction(5, 2), Fraction(4)),
            {"median": "2,5", "peers": f"1{WIDE}à{WIDE}4", "low": 100, "middle": 250, "high": 400},
        ),
        (
            Quartiles(Fraction(2), Fraction(2), Fraction(2)),
            {"median": "2", "peers": "2", "low": 200, "middle": 200, "high": 200},
        ),
        (
            Quartiles(
                Fraction(12), Fraction(12), Fraction(12)
            ),  # they are concerned by more services than we are
            {"median": "12", "peers": "12", "low": 1000, "middle": 1000, "high": 1000},
        ),
        (None, {"median": "–", "peers": "–", "low": 0, "middle": 0, "high": 0}),
    ],
)
def test_comparison_is_drawn_on_the_services_of_the_enjeu(peers, told):
    (row,) = blocks.comparison([Standing("E", "Enjeu", 5, 10, peers)])["rows"]

    assert row == {"name": "Enjeu", "words": f"5{WIDE}sur{WIDE}10", "own": 500} | told


def test_comparison_leaves_out_what_does_not_concern_us():
    assert blocks.comparison([Standing("E", "Enjeu", 0, 0)])["rows"] == []


def test_qr_has_its_quiet_zone():
    drawn = blocks.qr("https://atlaas.test/", "Lire")

    assert drawn["side"] == 25 + 2 * blocks.QUIET
    assert drawn["path"].startswith(f"M{blocks.QUIET} {blocks.QUIET}h1v1h-1z")
    assert drawn["alt"] == "Code QR qui mène à https://atlaas.test/"


def test_table_aligns_its_figures():
    drawn = blocks.table("Droits", ["Quoi", "Combien"], [["Écrire", "2"]], numbers=1)

    assert [one["align"] for one in drawn["columns"]] == ["left", "right"]
    assert drawn["rows"] == [[{"text": "Écrire", "align": "left"}, {"text": "2", "align": "right"}]]


@pytest.mark.parametrize(("number", "told"), [(1, ("1", "fiche sur 9")), (2, ("2", "fiches sur 9"))])
def test_figure_counts_from_two(number, told):
    assert blocks.figure(number, "fiche", "fiches", " sur 9") == told


def test_nothing_is_said_where_there_is_nothing():
    assert blocks.column("Points forts", [], "Rien ici.")["nothing"] == "Rien ici."
    assert blocks.column("Points forts", [("A", "")], "Rien ici.")["nothing"] == ""
    assert blocks.groups([], "Rien ici.") == {"kind": "groups", "groups": [], "nothing": "Rien ici."}
