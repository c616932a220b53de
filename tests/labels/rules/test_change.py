import pytest

from labels.choices import LevelChange
from labels.rules.change import Seen, best, change

UP, DOWN, SAME, NEW, BACK = (
    LevelChange.UP,
    LevelChange.DOWN,
    LevelChange.SAME,
    LevelChange.NEW,
    LevelChange.BACK,
)
FOUR_OR_FIVE = Seen(4, is_certain=False)


@pytest.mark.parametrize(
    ("now", "before", "told"),
    [
        (Seen(4), Seen(3), UP),
        (Seen(2), Seen(3), DOWN),
        (Seen(3), Seen(3), SAME),
        (FOUR_OR_FIVE, Seen(3), UP),
        (FOUR_OR_FIVE, Seen(4), None),
        (FOUR_OR_FIVE, Seen(5), None),
        (FOUR_OR_FIVE, FOUR_OR_FIVE, None),
        (Seen(3), FOUR_OR_FIVE, DOWN),
        (Seen(4), FOUR_OR_FIVE, None),
        (Seen(5), FOUR_OR_FIVE, None),
        (Seen(3), Seen(None), None),
        (Seen(3), Seen(2, is_certain=False), None),
        (Seen(2, is_certain=False), Seen(5), None),
    ],
)
def test_change_is_told_when_the_levels_prove_it(now, before, told):
    assert change(now, before, before_is_complete=False, won_earlier=False) is told


@pytest.mark.parametrize(
    ("is_complete", "won_earlier", "told"),
    [(True, False, NEW), (True, True, BACK), (False, False, None), (False, True, None)],
)
def test_absence_proves_something_of_a_palmares_known_whole_only(is_complete, won_earlier, told):
    assert change(Seen(1), None, before_is_complete=is_complete, won_earlier=won_earlier) is told


def test_best_of_several_is_the_highest_that_is_sure():
    assert best([Seen(2), Seen(4), FOUR_OR_FIVE, Seen(None)]) == Seen(4)
    assert best([Seen(None), FOUR_OR_FIVE]) == FOUR_OR_FIVE
    assert best([]) is None
