import pytest

from atlaas.rules.location import precision_of


@pytest.mark.parametrize(
    ("point", "centre", "address", "expected"),
    [
        (None, None, "", "centre"),
        ((2.5, 47.0), (2.5, 47.0), "", "centre"),
        ((2.500001, 47.0), (2.5, 47.0), "", "centre"),
        ((2.5, 47.0), (2.5, 47.0), "1 place de la Mairie", "adresse"),
        (None, (2.5, 47.0), "1 place de la Mairie", "adresse"),
        ((2.6, 47.0), (2.5, 47.0), "1 place de la Mairie", "point"),
        ((2.5, 47.0), None, "", "point"),
    ],
)
def test_precision_follows_what_was_given(point, centre, address, expected):
    assert precision_of(point, centre, address) == expected
