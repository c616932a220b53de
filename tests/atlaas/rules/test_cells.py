import datetime as dt

import pytest

from atlaas.rules import cells


@pytest.mark.parametrize(
    ("parse", "cell", "expected"),
    [
        (cells.text(3), "abc", "abc"),
        (cells.whole(-5, 5), "-5", -5),
        (cells.whole(1, 5), "", None),
        (cells.decimal(-180, 180), "2.5", 2.5),
        (cells.decimal(-180, 180), "", None),
        (cells.COMMUNE_CODE, "2A004", "2A004"),
        (cells.COMMUNE_CODE, "", None),
        (cells.one_of("a", "b"), "b", "b"),
        (cells.one_of("a", "b"), "", ""),
        (cells.yes_no, "oui", True),
        (cells.yes_no, "non", False),
        (cells.date, "2025-02-06", dt.date(2025, 2, 6)),
        (cells.date, "", None),
    ],
)
def test_parser_gives_the_value(parse, cell, expected):
    assert parse(cell) == expected


@pytest.mark.parametrize(
    ("parse", "cell", "message"),
    [
        (cells.text(3), "abcd", "4 signs, 3 at most"),
        (cells.whole(1, 5), "6", "'6' is not a whole number from 1 to 5"),
        (cells.whole(1, 5), "1.0", "'1.0' is not a whole number from 1 to 5"),
        (cells.whole(1, 5), "٣", "'٣' is not a whole number from 1 to 5"),
        (
            cells.whole(1, 5),
            "9" * 5000,
            "'999999999999999999999999999999999999999 is not a whole number from 1 to 5",
        ),
        (cells.decimal(-180, 180), "181", "'181' is not a number from -180 to 180"),
        (cells.decimal(-180, 180), "nan", "'nan' is not a number from -180 to 180"),
        (cells.decimal(-180, 180), "1e3", "'1e3' is not a number from -180 to 180"),
        (cells.SIREN, "12345678", "'12345678' is not a SIREN of nine figures"),
        (cells.one_of("a", "b"), "c", "'c' is none of a, b"),
        (cells.yes_no, "yes", "'yes' is neither « oui » nor « non »"),
        (cells.date, "06/02/2025", "'06/02/2025' is not a day written YYYY-MM-DD"),
        (cells.date, "2025-02-30", "'2025-02-30' is not a day written YYYY-MM-DD"),
    ],
)
def test_parser_says_what_is_wrong(parse, cell, message):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011 (the whole message is compared)
        parse(cell)

    assert str(refusal.value) == message
