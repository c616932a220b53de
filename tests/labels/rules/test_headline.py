import pytest

from labels.rules.headline import Piece, pieces


@pytest.mark.parametrize(
    ("marked", "told"),
    [
        ("", []),
        ("rien", [Piece("rien", is_found=False)]),
        (
            "un \x02bus\x03 ici",
            [Piece("un ", is_found=False), Piece("bus", is_found=True), Piece(" ici", is_found=False)],
        ),
        ("\x02bus", [Piece("bus", is_found=False)]),
        ("a\x03b\x02c", [Piece("abc", is_found=False)]),
        ("\x02a\x02b\x03", [Piece("a", is_found=False), Piece("b", is_found=True)]),
        ("\x02\x03", []),
    ],
)
def test_pieces_of_a_marked_text(marked, told):
    assert list(pieces(marked)) == told
