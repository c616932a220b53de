"""Time and memory of an import of fiches: read, judged, written and published, then taken back (nothing stays)."""

import argparse
import csv
import io
import resource
import time
from dataclasses import dataclass

from atlaas.project import wsgi  # noqa: F401 (sets Django up as the web server does)

# isort: split
from django.db import transaction

from atlaas.models import Affiliation, Collectivity, Service, User
from atlaas.operations.sheet_import import check, confirm
from atlaas.rules.uploaded_table import MOST_LINES

TEXT = "Le dernier guichet du bourg a fermé ; une médiatrice passe deux après-midi par semaine. " * 8


@dataclass(frozen=True)
class ImportCost:
    """Seconds to read and judge, seconds to write and publish, and the most memory this process held, in MB."""

    rows: int
    checking: float
    writing: float
    memory: float


def import_cost(rows: int) -> ImportCost:
    """Import that many fiches in files of 5,000, in one transaction that is rolled back."""
    checking = writing = 0.0
    with transaction.atomic():
        town = Collectivity.objects.filter(is_current=True).order_by("code")[0]
        by = User.objects.create(email="mesure@exemple.test", name="Mesure")
        Affiliation.objects.create(user=by, collectivity=town, role="valideur")
        for start in range(0, rows, MOST_LINES):
            began = time.perf_counter()
            run = check(
                town, by=by, file_name="mesure.csv", content=_file(start, min(rows, start + MOST_LINES))
            )
            read = time.perf_counter()
            confirm(run, by=by, publish=True)
            checking += read - began
            writing += time.perf_counter() - read
        transaction.set_rollback(True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    return ImportCost(rows, checking, writing, memory)


def _file(first: int, last: int) -> bytes:
    codes = list(Service.objects.filter(last_year=None).values_list("code", flat=True))
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    writer.writerow(["Titre", "Résumé", "Récit", "Services", "Début", "Toujours en cours"])
    for rank in range(first, last):
        pair = f"{codes[rank % len(codes)]} ; {codes[rank * 7 % len(codes)]}"
        writer.writerow([f"Mesure {rank}", "En une phrase.", TEXT, pair, "01/03/2024", "oui"])
    return stream.getvalue().encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[5_000, 30_000])
    for rows in parser.parse_args().rows:
        cost = import_cost(rows)
        print(
            f"import of {cost.rows:6d} fiches: read and judged {cost.checking:5.1f} s, "
            f"written and published {cost.writing:5.1f} s, {cost.memory:4.0f} MB"
        )


if __name__ == "__main__":
    main()
