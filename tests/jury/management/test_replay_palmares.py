"""The replay asks no database: only the code and the file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from atlaas.queries.source import source_digest
from labels.rules.snapshot import canonical
from tests.factories.bundle import a_file

ROOT = Path(__file__).resolve().parents[3]
NOWHERE = {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "REDIS_URL": "redis://127.0.0.1:1/0"}


@pytest.fixture
def file(tmp_path):
    told = a_file()
    path = tmp_path / "palmares.json"
    path.write_text(json.dumps(told.facts()), encoding="utf-8")
    return told, path


def replay(path, *options):
    return subprocess.run(
        [sys.executable, "manage.py", "replay_palmares", str(path), *options],
        cwd=ROOT,
        env=os.environ | NOWHERE,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_machine_with_the_code_alone_prints_the_digest_and_the_bytes(file, tmp_path):
    told, path = file
    output = tmp_path / "again.json"

    made = replay(path, "--sha256", told.sha256, "--output", str(output))

    assert (made.returncode, made.stdout.strip()) == (0, told.sha256)
    assert output.read_text(encoding="utf-8") == canonical(told.bundle)


def test_the_first_row_that_differs_is_named_and_the_answer_is_1(file):
    told, path = file
    facts = told.facts()
    facts["annex"]["inputs"]["decisions"]["d1"]["level"] = 4
    path.write_text(json.dumps(facts), encoding="utf-8")

    made = replay(path)

    assert (made.returncode, made.stdout) == (1, "")
    assert "annex.inputs.decisions.d1: not the row that was sealed" in made.stderr


def test_another_digest_than_the_one_told_is_a_difference(file):
    _, path = file

    with pytest.raises(CommandError, match="the digest that was told: "):
        call_command("replay_palmares", str(path), sha256="f" * 64)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}"])
def test_what_is_no_file_of_a_seal_is_said(tmp_path, text):
    path = tmp_path / "rien.json"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=r"rien\.json cannot be read as the file of a seal"):
        call_command("replay_palmares", str(path))


def test_a_file_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("replay_palmares", str(tmp_path / "absent.json"))


def test_another_version_and_a_public_file_are_notes(file, capsys):
    told, path = file
    path.write_text(json.dumps({"bundle": told.bundle, "sha256": told.sha256}), encoding="utf-8")

    call_command("replay_palmares", str(path))

    said = capsys.readouterr()
    assert said.out.strip() == told.sha256
    assert [line[:5] for line in said.err.splitlines()] == ["note:", "note:"]


def test_the_version_of_the_code_is_that_of_its_source():
    assert source_digest("labels.rules", "atlaas.rules") == source_digest("atlaas.rules", "labels.rules")
    assert source_digest("labels.rules") != source_digest("jury.rules")
