import pytest

from labels.rules.checklist import NEEDED, Asked, checklist, is_answered
from labels.rules.eligibility import NO_SHEET

PEOPLE = dict.fromkeys(NEEDED, "Exemple")
QUESTION = Asked("budget", "Quel budget ?", "number", is_required=True)


def test_a_full_dossier_lacks_nothing():
    found = checklist(PEOPLE, {"budget": 0}, [QUESTION], [])

    assert found.missing == []
    assert found.is_complete
    assert found.done == len(NEEDED) + 1


def test_each_missing_thing_says_where_it_is_mended():
    found = checklist(PEOPLE | {"agent_name": "  "}, {}, [QUESTION], [NO_SHEET])

    assert [(line.code, line.place, line.anchor) for line in found.missing] == [
        ("sheets", "candidacy-sheets", ""),
        ("agent_name", "candidacy", "id_agent_name"),
        ("budget", "candidacy", "id_q-budget"),
    ]
    assert not found.is_complete


def test_a_question_that_is_not_required_is_not_a_line():
    found = checklist(PEOPLE, {}, [Asked("avis", "Un avis ?", "text", is_required=False)], [])

    assert len(found.lines) == len(NEEDED)


@pytest.mark.parametrize(
    ("kind", "value", "answered"),
    [
        ("line", "oui", True),
        ("line", "  ", False),
        ("line", None, False),
        ("text", 3, False),
        ("number", 0, True),
        ("number", True, False),
        ("number", "3", False),
        ("several", ["a"], True),
        ("several", [], False),
        ("several", "a", False),
        ("yes_no", "non", True),
        ("one", "", False),
    ],
)
def test_an_answer_says_something(kind, value, answered):
    assert is_answered(kind, value) is answered
