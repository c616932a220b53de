"""How often the suggestion of services finds the right one, on sentences written without looking at its vocabulary."""

import csv
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from atlaas.queries.suggestion import load_entries
from atlaas.rules.suggestion import suggest

SENTENCES = Path(__file__).parent / "data" / "suggestions.csv"
FIRST = 5


@dataclass(frozen=True)
class Share:
    """Of how many sentences the right service was among the first ones, the very first, and the median milliseconds."""

    sentences: int
    among_first: int
    first: int
    p50: float


def suggestion_share() -> Share:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    entries, ranks, times = load_entries(), [], []
    for row in rows:
        start = time.perf_counter()
        codes = [code for code, _words in suggest(row["sentence"], entries)][:FIRST]
        times.append((time.perf_counter() - start) * 1000)
        ranks.append(codes.index(row["code"]) if row["code"] in codes else FIRST)
    return Share(len(rows), sum(rank < FIRST for rank in ranks), ranks.count(0), statistics.median(times))
