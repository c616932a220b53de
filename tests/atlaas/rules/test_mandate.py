import datetime as dt

import pytest

from atlaas.rules.mandate import check_term, months_after
from atlaas.rules.refusal import Refused

TODAY = dt.date(2026, 2, 10)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [((2026, 2, 10), (2026, 2, 10)), ((2026, 2, 10), (2028, 2, 9)), ((2027, 1, 1), (2028, 12, 31))],
)
def test_terms_up_to_24_months_are_taken(starts, ends):
    check_term(dt.date(*starts), dt.date(*ends), today=TODAY)


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [
        ((2026, 2, 9), (2026, 3, 1), "dans le passé"),
        ((2026, 3, 1), (2026, 2, 28), "finit avant de commencer"),
        ((2026, 2, 10), (2028, 2, 10), "24 mois au plus"),
    ],
)
def test_other_terms_are_refused(starts, ends, words):
    with pytest.raises(Refused, match=words):
        check_term(dt.date(*starts), dt.date(*ends), today=TODAY)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2024, 2, 29), 12, (2025, 2, 28)),
        ((2026, 12, 15), 1, (2027, 1, 15)),
        ((2026, 1, 15), -24, (2024, 1, 15)),
        ((2026, 3, 31), -1, (2026, 2, 28)),
    ],
)
def test_months_after(day, months, expected):
    assert months_after(dt.date(*day), months) == dt.date(*expected)
