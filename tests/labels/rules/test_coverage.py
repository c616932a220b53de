from labels.rules.coverage import CoverageRow, coverage
from labels.rules.judged import Judged

SERVICES = {"s1": "e1", "s2": "e1", "s3": "e2"}


def dossiers(*services):
    return [Judged({}, one) for one in services]


def told(rows):
    return {one.service or one.enjeu: (one.dossiers, one.sheets) for one in rows}


def test_every_enjeu_and_service_has_its_row_in_the_order_of_codes():
    rows = coverage([], None, SERVICES, {})

    assert [(one.enjeu, one.service) for one in rows] == [
        ("e1", ""),
        ("e1", "s1"),
        ("e1", "s2"),
        ("e2", ""),
        ("e2", "s3"),
    ]
    assert {(one.dossiers, one.sheets, one.dossiers_before, one.change) for one in rows} == {
        (0, 0, None, None)
    }


def test_dossier_counts_once_in_an_enjeu_whatever_its_services():
    rows = coverage(dossiers({"s1": 2, "s2": 1}, {"s1": 1}), None, SERVICES, {})

    assert told(rows) == {"e1": (2, 4), "s1": (2, 3), "s2": (1, 1), "e2": (0, 0), "s3": (0, 0)}


def test_change_is_told_beside_the_edition_before():
    rows = coverage(dossiers({"s3": 1}), dossiers({"s3": 4}, {"s3": 1}), SERVICES, {})

    assert rows[-1] == CoverageRow("e2", "s3", 1, 1, 2, 5)
    assert rows[-1].change == -1


def test_service_that_was_replaced_counts_under_its_heirs():
    rows = coverage(dossiers({"old": 2, "lost": 1}), None, SERVICES, {"old": ["s1", "s3"]})

    assert told(rows) == {"e1": (1, 2), "s1": (1, 2), "s2": (0, 0), "e2": (1, 2), "s3": (1, 2)}
