import pytest

from labels.rules.category import category_of


@pytest.mark.parametrize(
    ("kind", "population", "expected"),
    [
        ("commune", 2499, "village"),
        ("commune", 2500, "ville"),
        ("commune", 0, "village"),
        ("commune", None, None),
        ("epci", 100, "territoire"),
        ("syndicat", None, "territoire"),
    ],
)
def test_category_of(kind, population, expected):
    assert category_of(kind, population, village_below=2500) == expected
