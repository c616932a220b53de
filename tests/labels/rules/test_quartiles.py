from fractions import Fraction

import pytest

from labels.rules.quartiles import Quartiles, quartiles


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], None),
        ([Fraction(1, 2)], Quartiles(Fraction(1, 2), Fraction(1, 2), Fraction(1, 2))),
        ([Fraction(n) for n in (4, 1, 3, 2)], Quartiles(Fraction(7, 4), Fraction(5, 2), Fraction(13, 4))),
        ([Fraction(n) for n in (1, 2, 3, 4, 5)], Quartiles(Fraction(2), Fraction(3), Fraction(4))),
    ],
)
def test_quartiles(values, expected):
    assert quartiles(values) == expected
