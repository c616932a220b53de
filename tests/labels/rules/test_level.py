import pytest

from labels.rules.level import Level, read_attested, read_printed


@pytest.mark.parametrize(
    ("printed", "is_legible", "is_ten", "expected"),
    [
        (1, False, False, Level(1, is_certain=True)),
        (3, False, False, Level(3, is_certain=True)),
        (4, False, False, Level(4, is_certain=False)),
        (4, True, False, Level(4, is_certain=True)),
        (5, False, False, Level(5, is_certain=True)),
        (6, True, False, Level(5, is_certain=True)),
        (4, False, True, Level(5, is_certain=True)),
        (6, True, True, Level(5, is_certain=True)),
    ],
)
def test_read_printed(printed, is_legible, is_ten, expected):
    assert read_printed(printed, is_legible=is_legible, is_ten=is_ten) == expected


@pytest.mark.parametrize(
    ("text", "note", "expected"),
    [
        ("5", "", Level(5, is_certain=True)),
        ("1", "première arobase", Level(1, is_certain=True)),
        ("5", "CONTRADICTION : 4 @ ailleurs", Level(5, is_certain=False)),
        ("4 ou 5", "", Level(None, is_certain=False, text="4 ou 5")),
        ("", "", Level(None, is_certain=False)),
    ],
)
def test_read_attested(text, note, expected):
    assert read_attested(text, note) == expected


@pytest.mark.parametrize("text", ["0", "6", "7", "-1", "55"])
def test_read_attested_refuses_a_number_that_is_no_level(text):
    with pytest.raises(ValueError, match="is not a level from 1 to 5"):
        read_attested(text, "")
