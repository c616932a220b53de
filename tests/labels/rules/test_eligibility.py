import pytest

from labels.rules.eligibility import Standing, reasons

WELL = {"subscription": "active", "sheets": 3, "has_publisher": True, "is_derogated": False}


def codes(**facts):
    return [one.code for one in reasons(Standing(**(WELL | facts)))]


def test_nothing_stands_in_the_way():
    assert codes() == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (None, "L’adhésion de l’année n’est pas connue"),
        ("pending", "attend son paiement"),
        ("ended", "est résiliée"),
    ],
)
def test_each_subscription_that_is_not_active_has_its_words(status, words):
    (found,) = reasons(Standing(**(WELL | {"subscription": status})))

    assert words in found.sentence
    assert found.place == "derogation"


def test_every_reason_is_told_at_once():
    assert codes(subscription=None, sheets=0, has_publisher=False) == ["subscription", "sheets", "publisher"]


def test_a_derogation_waives_all_but_the_person_who_files():
    found = codes(subscription=None, sheets=0, has_publisher=False, is_derogated=True)

    assert found == ["publisher"]
