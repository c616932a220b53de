"""The sentences that `make bench` measures the suggestion of services with."""

import csv
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rows(path):
    with (ROOT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_sentences_are_labelled_with_known_services():
    sentences = rows("bench/data/suggestions.csv")
    codes = {row["service_code"] for row in rows("atlaas/data/referential_2025.csv")}

    assert len({row["sentence"] for row in sentences}) == len(sentences) == 150
    assert {row["code"] for row in sentences} <= codes
    assert len({row["code"][:3] for row in sentences}) == 16
    assert len({row["code"] for row in sentences}) >= 90


def test_sentences_are_as_long_as_people_write():
    lengths = [len(re.findall(r"[\w’-]+", row["sentence"])) for row in rows("bench/data/suggestions.csv")]

    assert (min(lengths) >= 25, max(lengths) <= 40) == (True, True)
