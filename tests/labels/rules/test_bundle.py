"""A sealed document names the row that was altered, and the field that the rules give otherwise."""

import copy
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from labels.rules.bundle import ROWS, closed, difference, digest, first_difference
from labels.rules.palmares import outputs_of
from tests.altered import altered, row_of
from tests.factories import bundle as sealed

ROOT = Path(__file__).resolve().parents[3]
PRINTS = """
import random, sys
from labels.rules.bundle import digest
from labels.rules.palmares import outputs_of
from tests.factories.bundle import inputs
def shuffled(node, chance):
    if not isinstance(node, dict):
        return node
    keys = list(node)
    chance.shuffle(keys)
    return {key: shuffled(node[key], chance) for key in keys}
print(digest(outputs_of(shuffled(inputs(), random.Random(int(sys.argv[1]))))))
"""


def test_what_was_sealed_holds():
    assert first_difference(sealed.bundle(), outputs_of) == ""


def test_the_outputs_are_those_of_the_inputs():
    told = sealed.bundle()["outputs"]

    assert told["palmares"]["14118"] == {
        "name": "Caen",
        "region": "28",
        "category": "ville",
        "level": 3,
        "is_ten": False,
        "mentions": ["art"],
    }
    france = told["statistics"]["FR - all all"]
    assert (france["laureates"], france["inhabitants"], france["communes"]) == (3, 176900, 3)
    assert (france["sheets"], france["sheets_new"], france["sheets_renewed"], france["ten_in_force"]) == (
        3,
        2,
        1,
        1,
    )
    assert told["ten"] == {
        "97608": {"answer": "eligible", "run": {str(year): "TOP" for year in range(2023, 2031)}}
    }
    assert told["coverage"]["E0 S00"]["dossiers"] == 2


def test_what_is_not_known_is_sealed_as_unknown():
    inputs = sealed.inputs() | {"before": None, "holders": None, "judged": {}}

    told = closed(inputs, salt="", code="", rule=outputs_of)

    france = told["outputs"]["statistics"]["FR - all all"]
    assert (france["sheets"], france["ten_in_force"], told["outputs"]["coverage"]) == (None, None, {})
    assert first_difference(told, outputs_of) == ""


@pytest.mark.parametrize("seed", range(100))
def test_an_alteration_is_found_and_its_row_named(seed):
    document, path = altered(sealed.bundle(), random.Random(seed))

    why = first_difference(document, outputs_of)

    if path[0] == ROWS:
        assert why == f"{path[1]}: not the row that was sealed"
    elif path[0] == "format":
        assert why == "this is no document of a seal"
    else:
        assert why == f"{row_of(path)}: not the row that was sealed"


@pytest.mark.parametrize("change", ["add", "drop"])
def test_a_row_more_or_less_is_named(change):
    document = copy.deepcopy(sealed.bundle())
    rows = document["inputs"]["inhabitants"]
    if change == "add":
        rows["14999"] = 1
    else:
        del rows["14001"]

    code = "14999" if change == "add" else "14001"
    assert first_difference(document, outputs_of) == f"inputs.inhabitants.{code}: not the row that was sealed"


def test_a_forger_who_hashes_the_rows_again_is_told_the_field():
    """Outputs changed and digests with them: the rules say otherwise."""
    document = sealed.bundle()

    def lies(inputs):
        told = outputs_of(inputs)
        told["palmares"]["14118"]["level"] = 4
        return told

    forged = closed(document["inputs"], salt=document["salt"], code=document["code"], rule=lies)

    assert first_difference(forged, outputs_of) == "outputs.palmares.14118.level: told 4, computed 3"
    assert digest(forged) != digest(document)


@pytest.mark.parametrize(
    "document", [None, [], "", {}, sealed.bundle() | {"more": 1}, sealed.bundle() | {"rows": []}]
)
def test_what_is_no_document_is_said(document):
    assert first_difference(document, outputs_of) in {
        "this is no document of a seal",
        "rows: no table of digests",
    }


def test_inputs_that_the_rules_cannot_read_are_said():
    inputs = sealed.inputs()
    forged = closed(inputs | {"places": {}}, salt="", code="", rule=lambda _: {})

    assert first_difference(forged, outputs_of) == "inputs: the rules cannot read them (KeyError: '14118')"


@pytest.mark.parametrize(
    ("told", "computed", "why"),
    [
        ({"a": {"b": 1}}, {"a": {"b": 1}}, ""),
        ({"a": {"b": 1}}, {"a": {"b": 2}}, "x.a.b: told 1, computed 2"),
        ({"a": True}, {"a": 1}, "x.a: told true, computed 1"),
        ({"a": 1}, {}, "x.a: told alone"),
        ({}, {"a": 1}, "x.a: computed alone"),
        ({"a": [1]}, {"a": {}}, "x.a: told [1], computed {}"),
    ],
)
def test_the_first_difference_is_named_by_its_path(told, computed, why):
    assert difference(told, computed, "x") == why


def test_outputs_are_the_same_whatever_the_order_and_the_process():
    seen = set()
    for seed in range(10):
        environment = os.environ | {
            "PYTHONHASHSEED": str(seed),
            "DJANGO_SETTINGS_MODULE": "atlaas.project.settings",
        }
        made = subprocess.run(
            [sys.executable, "-c", PRINTS, str(seed)],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(made.stdout.strip())

    assert seen == {digest(outputs_of(sealed.inputs()))}
