import pytest

from atlaas.rules.difference import KEPT_AROUND, Piece, difference


def told(before, after):
    return [(piece.kind, piece.text) for piece in difference(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("", "", []),
        ("Un bus", "Un bus", [("folded", "Un bus")]),
        ("", "Un bus", [("added", "Un bus")]),
        ("Un bus", "", [("removed", "Un bus")]),
        ("Un bus", "Un car", [("same", "Un "), ("removed", "bus"), ("added", "car")]),
        ("Un bus.", "Un bus !", [("same", "Un bus"), ("removed", "."), ("added", " !")]),
        (
            "le bus bleu passe",
            "le car vert passe",
            [("same", "le "), ("removed", "bus bleu"), ("added", "car vert"), ("same", " passe")],
        ),
        ("deux bus passent", "bus passent", [("removed", "deux "), ("same", "bus passent")]),
        ("l’été", "l’hiver", [("same", "l’"), ("removed", "été"), ("added", "hiver")]),
        ("a b", "a  b", [("same", "a"), ("removed", " "), ("added", "  "), ("same", "b")]),
    ],
)
def test_difference_is_told_by_words(before, after, pieces):
    assert told(before, after) == pieces


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("le chat, le chien et l’oie", "l’oie, le chat puis le chien"),
        ("a\n\nb\n c ", " c\nb\n\na"),
        ("un deux trois " * 40, "deux un trois " * 41),
        ("mot " * 3000, "mot autre " * 3000),
    ],
)
def test_both_texts_can_be_read_back(before, after):
    pieces = difference(before, after)

    assert "".join(one.text for one in pieces if one.kind != "added") == before
    assert "".join(one.text for one in pieces if one.kind != "removed") == after


def test_long_unchanged_runs_are_folded():
    before = " ".join(f"m{number}" for number in range(200))

    pieces = difference(before, before.replace("m100 ", "autre "))

    assert [piece.kind for piece in pieces] == ["folded", "same", "removed", "added", "same", "folded"]
    assert len(pieces[1].text.split()) == KEPT_AROUND


def test_texts_made_to_be_slow_are_told_apart_whole():
    pieces = difference("a " * 5000 + "x", "y" + " a" * 5000)

    assert [piece.kind for piece in pieces] == ["removed", "added"]


def test_piece_is_compared_by_value():
    assert Piece("same", "a") == Piece("same", "a")
