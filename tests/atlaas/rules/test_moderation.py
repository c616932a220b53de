from itertools import product

import pytest

from atlaas.rules.moderation import CONTESTED, IN_FORCE, KEPT, LIFTED, next_standing, standing
from atlaas.rules.refusal import Refused

LEADS = {
    (IN_FORCE, "contest"): CONTESTED,
    (IN_FORCE, "lift"): LIFTED,
    (CONTESTED, "keep"): KEPT,
    (CONTESTED, "lift"): LIFTED,
    (KEPT, "lift"): LIFTED,
}


@pytest.mark.parametrize(
    ("now", "step"), list(product((IN_FORCE, CONTESTED, KEPT, LIFTED), ("contest", "keep", "lift", "dance")))
)
def test_every_step_from_every_standing(now, step):
    if (now, step) in LEADS:
        assert next_standing(now, step) == LEADS[now, step]
    else:
        with pytest.raises(Refused, match=f"« {now} »"):
            next_standing(now, step)


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ((0, 0, 0), IN_FORCE),
        ((1, 0, 0), CONTESTED),
        ((1, 1, 0), KEPT),
        ((1, 1, 1), LIFTED),
        ((0, 1, 1), LIFTED),
    ],
)
def test_standing_is_read_in_the_dates(dates, expected):
    contested, settled, lifted = map(bool, dates)

    assert standing(contested=contested, settled=settled, lifted=lifted) == expected
