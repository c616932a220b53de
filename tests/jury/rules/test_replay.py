"""The file of a seal is computed again, or the first thing that does not hold is named."""

import dataclasses
import random

import pytest

from jury.rules import seal
from jury.rules.replay import File, Replayed, replayed
from labels.rules import palmares
from labels.rules.bundle import closed, digest
from tests.altered import altered, row_of
from tests.factories.bundle import SALT, a_file, annex, bundle, evidence, inputs


def forged_annex(**changes):
    return closed(evidence() | changes, salt=SALT, code="c" * 64, rule=seal.outputs_of)


def test_a_file_that_holds_gives_its_digest():
    file = a_file()

    assert replayed(file, sha256=file.sha256) == Replayed(file.sha256)
    assert File.of(file.facts()) == file


def test_the_public_file_is_checked_without_the_annex():
    file = dataclasses.replace(a_file(), annex=None)

    assert replayed(file) == Replayed(file.sha256)
    assert File.of(file.facts()) == file


def test_the_annex_says_what_the_jury_was_proposed():
    told = annex()["outputs"]

    assert told["awards"] == inputs()["awards"]
    assert told["proposals"]["d1"] == {
        "services": 30,
        "enjeux": 10,
        "means": {"j1": "8/3", "j2": "2"},
        "normalised": {"j1": "2167/1000", "j2": "2"},
        "mean": "7/3",
        "level": 3,
        "level_normalised": 3,
        "as_decided": 3,
    }
    assert (told["proposals"]["d2"]["means"], told["proposals"]["d3"]["mean"]) == ({}, None)


def test_a_dossier_that_nobody_decided_has_a_proposal_and_no_award():
    decisions = {key: one for key, one in evidence()["decisions"].items() if key != "d3"}

    told = seal.outputs_of(evidence() | {"decisions": decisions, "habits": {}})

    assert (told["proposals"]["d3"]["as_decided"], sorted(told["awards"])) == (None, ["14118", "200000001"])
    assert told["proposals"]["d1"]["normalised"] == told["proposals"]["d1"]["means"]


@pytest.mark.parametrize("seed", range(100))
def test_an_alteration_of_the_annex_is_found_and_its_row_named(seed):
    file = a_file()
    document, path = altered(file.annex, random.Random(seed))

    why = replayed(dataclasses.replace(file, annex=document)).why

    row = path[1] if path[0] == "rows" else row_of(path)
    words = "this is no document of a seal" if path[0] == "format" else f"{row}: not the row that was sealed"
    assert why == f"annex.{words}"


def test_a_decision_that_its_evidence_does_not_propose_is_named():
    told = evidence()["decisions"]
    told["d1"] = told["d1"] | {"proposed": 4}

    given = forged_annex(decisions=told)
    document = bundle(digest(given))
    why = replayed(File(document, digest(document), given)).why

    assert why == "annex.inputs.decisions.d1.proposed: told 4, computed 3"


def test_another_annex_is_not_the_one_that_was_sealed():
    given = forged_annex(minutes={"sha256": "9" * 64, "journal": None})

    assert replayed(dataclasses.replace(a_file(), annex=given)).why == "annex: not the one that was sealed"


def test_awards_that_the_decisions_do_not_give_are_named():
    told = evidence()["decisions"]
    told["d1"] = told["d1"] | {"level": 4}
    given = forged_annex(decisions=told)
    document = bundle(digest(given))

    assert (
        replayed(File(document, digest(document), given)).why
        == "inputs.awards.14118.level: told 3, computed 4"
    )


def test_a_whole_forgery_has_another_digest():
    """Whoever computes a whole new document again meets the digest that was told before the ceremony."""
    file = a_file()
    lie = inputs(file.bundle["inputs"]["jury"]["sha256"])
    lie["awards"]["14118"]["level"] = 4
    document = closed(lie, salt=SALT, code="c" * 64, rule=palmares.outputs_of)
    forged = File(document, digest(document))

    assert replayed(forged).why == ""
    assert replayed(forged, sha256=file.sha256).why.startswith("the digest that was told: ")
    assert replayed(dataclasses.replace(forged, sha256=file.sha256)).why.startswith("sha256: ")


@pytest.mark.parametrize("facts", [None, [], {}, {"bundle": {}}, {"bundle": 1, "sha256": "", "more": 2}])
def test_what_is_no_file_of_a_seal_is_refused(facts):
    with pytest.raises(ValueError, match="a file of a seal"):
        File.of(facts)


def test_a_bundle_that_is_none_is_said():
    assert replayed(File.of({"bundle": 1, "sha256": ""})).why == "this is no document of a seal"
