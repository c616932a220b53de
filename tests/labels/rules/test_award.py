import pytest

from atlaas.rules.refusal import Refused
from labels.rules.award import check_confirmed_level


@pytest.mark.parametrize("level", [1, 2, 3, 4, 5])
def test_confirmed_level_may_be_any_of_the_five(level):
    assert check_confirmed_level(level, is_ten=False, reason="Diplôme vu") is None


@pytest.mark.parametrize("level", [-1, 0, 6, 7, 10**9])
def test_confirmed_level_beyond_five_is_refused(level):
    with pytest.raises(Refused, match="de 1 à 5"):
        check_confirmed_level(level, is_ten=False, reason="Diplôme vu")


def test_confirmed_level_of_a_ten_stays_five():
    assert check_confirmed_level(5, is_ten=True, reason="Diplôme vu") is None
    with pytest.raises(Refused, match="TEN"):
        check_confirmed_level(4, is_ten=True, reason="Diplôme vu")


@pytest.mark.parametrize("reason", ["", "  ", "\n"])
def test_confirmed_level_owes_a_reason(reason):
    with pytest.raises(Refused, match="raison"):
        check_confirmed_level(4, is_ten=False, reason=reason)
