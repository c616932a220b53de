"""The same figures give the same SHA-256 whatever the order of the rows, the hash seed of Python or the number of workers."""

import os
import random
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from labels.rules.judged import Judged
from labels.rules.statistics import Holder, Inputs, Laureate, compute

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = "from tests.labels.rules.test_statistics_determinism import shuffled; print(shuffled({}))"
RUNS = 10
TOWNS = [f"{at:05}" for at in range(40)]


def laureate(at):
    code = TOWNS[at]
    return Laureate(
        region=f"{at % 5:02}",
        departement=f"{at % 9:02}" if at % 4 else "",
        category=("ville", "village", "territoire")[at % 3],
        level_class=("1", "2", "3", "4", "4-5", "5")[at % 6],
        is_ten=at % 6 == 5,
        mentions=at % 2,
        communes=frozenset(TOWNS[at : at + 3]),
        members=frozenset(TOWNS[at + 1 : at + 3]),
        code=code,
    )


def dossier(at):
    sheets = {f"{at}-{rank}": str(rank % 3) for rank in range(at % 7)}
    return Judged(sheets, {f"S{(at + rank) % 12}": 1 + rank for rank in range(at % 5)})


def shuffled(seed):
    """The digest of one set of inputs, every list and mapping of which is in an order of its own."""
    chance = random.Random(seed)

    def mixed(items):
        return chance.sample(list(items), len(items))

    inputs = Inputs(
        laureates=mixed([laureate(at) for at in range(40)]),
        inhabitants=dict(mixed([(code, 100 + int(code)) for code in TOWNS])),
        judged=dict(mixed([(TOWNS[at], dossier(at)) for at in range(40)])),
        before=mixed([dossier(at) for at in range(0, 40, 2)]),
        holders=mixed([Holder(TOWNS[at], f"{at % 5:02}", "", "ville") for at in range(20)]),
        services=dict(mixed([(f"S{at}", f"E{at % 3}") for at in range(10)])),
        heirs=dict(mixed([("S10", ["S1", "S2"]), ("S11", ["S3"])])),
    )
    return compute(inputs).digest


def test_ten_runs_of_shuffled_rows_have_one_fingerprint():
    assert len({shuffled(seed) for seed in range(RUNS)}) == 1


@pytest.mark.parametrize("workers", [1, 4])
def test_threads_have_the_same_fingerprint(workers):
    with ThreadPoolExecutor(workers) as pool:
        assert set(pool.map(shuffled, range(RUNS))) == {shuffled(0)}


def told_by(seed):
    """The digest as a process with this hash seed computes it."""
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(seed)],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": str(seed)},
        capture_output=True,
        text=True,
        check=True,
    )
    return answer.stdout.strip()


def test_four_processes_with_different_hash_seeds_have_the_same_fingerprint():
    with ThreadPoolExecutor(4) as pool:
        assert set(pool.map(told_by, range(1, 5))) == {shuffled(0)}
