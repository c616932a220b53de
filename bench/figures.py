"""How long the statistics of an edition take, from dossiers made for it in a database of their own."""

import sys
import tempfile
from collections.abc import Iterable

from bench.own_database import database, run_there

SIZES = ((226, 15_424, 2), (2_000, 300_000, 60))  # dossiers, fiches, seconds granted


def run(sizes: Iterable[tuple[int, int, int]] = SIZES) -> int:
    """A line for each size; every database is dropped afterwards."""
    for dossiers, sheets, budget in sizes:
        with database() as environment, tempfile.TemporaryDirectory() as folder:
            environment["ATLAAS_VAR"] = folder
            run_there([sys.executable, "manage.py", "migrate", "-v0"], environment)
            asked = ["--dossiers", str(dossiers), "--sheets", str(sheets), "--budget", str(budget)]
            run_there([sys.executable, "-m", "bench.figures_stage", *asked], environment)
    return 0
