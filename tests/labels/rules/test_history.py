import pytest

from labels.rules.history import Attested, read_line, resolve_source
from labels.rules.level import Level


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (("5", "", ""), Attested(Level(5, is_certain=True), is_ten=False, distinction="")),
        (("5", "TEN", ""), Attested(Level(5, is_certain=True), is_ten=True, distinction="")),
        (("", "mention x", ""), Attested(Level(None, is_certain=False), is_ten=False, distinction="mention x")),
        (("", "hors concours", "ville pionnière"), Attested(
            Level(None, is_certain=False, text="hors concours"), is_ten=False, distinction=""
        )),
        (("3", "hors concours", ""), Attested(Level(3, is_certain=True), is_ten=False, distinction="hors concours")),
    ],
)  # fmt: skip
def test_read_line(line, expected):
    assert read_line(*line) == expected


@pytest.mark.parametrize("level", ["", "4", "4 ou 5"])
def test_read_line_refuses_a_ten_that_is_not_at_five(level):
    with pytest.raises(ValueError, match="a TEN is at 5"):
        read_line(level, "TEN", "")


def test_idem_is_written_out_with_the_source_named_last():
    assert resolve_source("a.test", "") == ("a.test", "a.test")
    assert resolve_source("idem", "a.test") == ("a.test", "a.test")
    assert resolve_source("Idem + b.test", "a.test") == ("a.test + b.test", "a.test")


def test_idem_needs_a_source_above():
    with pytest.raises(ValueError, match="no source above"):
        resolve_source("idem", "")
