import pytest

from atlaas.rules.table import cell, cells, plain_text


@pytest.mark.parametrize("text", ["=1+1", "+33", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_cell_formula_is_kept_a_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, ""), (True, "oui"), (False, "non"), (0, "0"), ("L’Haÿ ; « x »", "L’Haÿ ; « x »"), ("4 @", "4 @")],
)
def test_cell_plain_value(value, shown):
    assert cell(value) == shown


def test_cells_of_a_line():
    assert cells([1, None, "=x"]) == ["1", "", "'=x"]


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''-x", "'bonjour", "-2", "L’été", ""])
def test_plain_text_gives_the_text_back(text):
    assert plain_text(cell(text)) == text
