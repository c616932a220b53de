import pytest

from labels.rules.ten import years_held


@pytest.mark.parametrize(("held_for", "years"), [(1, [2025]), (3, [2025, 2026, 2027])])
def test_title_holds_from_its_own_edition(held_for, years):
    assert years_held(2025, held_for) == years
