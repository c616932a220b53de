"""Print what `make bench` measures: pages of the palmarès and of the fiches, saves, the import, the suggestions."""

import argparse
import os
import platform
import subprocess
import sys

from bench.deadline import run as run_deadline
from bench.figures import run as run_figures
from bench.own_database import measure_apart


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=60, help="requests of each page")
    parser.add_argument(
        "--size", type=int, help="measure apart, in a database made and dropped, with so many fiches"
    )
    parser.add_argument(
        "--import-rows", type=int, default=30_000, help="fiches of the import measured, 0 for none"
    )
    parser.add_argument(
        "--deadline",
        action="store_true",
        help="only the last minute before a closing, in a database of its own",
    )
    parser.add_argument(
        "--figures", action="store_true", help="only the statistics of an edition, in databases of their own"
    )
    asked = parser.parse_args()
    if asked.figures:
        return run_figures()
    if asked.deadline:
        return run_deadline(sessions=450, filings=100, seconds=60)
    rest = ["--rounds", str(asked.rounds), "--import-rows", str(asked.import_rows)]
    if asked.size:
        return measure_apart(asked.size, rest)
    measure(asked.rounds)
    if asked.import_rows:
        command = [sys.executable, "-m", "bench.sheet_import", "--rows", str(asked.import_rows)]
        sys.stdout.flush()
        return subprocess.run(command, check=False).returncode
    return 0


def measure(rounds: int) -> None:
    from bench.report import report  # noqa: PLC0415 (sets Django up: not before the database is chosen)

    print(f"{rounds} requests each, {os.cpu_count()} cores, Python {platform.python_version()}")
    report(rounds)


if __name__ == "__main__":
    sys.exit(main())
