"""What every import does: take a file within limits, count what changed, remember the run, or undo a dry run."""

import gzip
import hashlib
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import connection, transaction

from atlaas.models import Loading
from atlaas.rules.reading import Problem, Rejected

MOST_BYTES = 32 * 2**20  # read, and unpacked: twenty times the largest official file


@dataclass
class Counts:
    """Rows created, updated, unchanged; `refused` are lines that the decisions leave out (a foreign town, an e-mail)."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.created + other.created,
            self.updated + other.updated,
            self.unchanged + other.unchanged,
            self.refused + other.refused,
        )

    def __str__(self) -> str:
        return f"created {self.created} / updated {self.updated} / unchanged {self.unchanged} / refused {self.refused}"

    def tally(self, *, created: bool = False, updated: bool = False) -> None:
        """Count one row."""
        if created:
            self.created += 1
        elif updated:
            self.updated += 1
        else:
            self.unchanged += 1


def contents(path: Path) -> bytes:
    """The bytes of a file, unpacked when its name ends in .gz; what is too large is refused before it is in memory."""
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as stream:
            content = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise Rejected([Problem(0, f"cannot be read ({reason})", path.name)]) from error
    if len(content) > MOST_BYTES:
        raise Rejected([Problem(0, f"more than {MOST_BYTES // 2**20} MB", path.name)])
    return content


def fingerprint(paths: Sequence[Path]) -> str:
    """The SHA-256 of one file; of several, the one of their own, in order."""
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()


def finish(command: str, paths: Sequence[Path], counts: Counts, *, dry_run: bool) -> Counts:
    """End the transaction of an import: remember the run, or undo all of it after the same checks.

    `paths` are all the files that were read, the one that gives its name first.
    """
    Loading.objects.create(
        command=command,
        file_name=paths[0].name[:200],
        sha256=fingerprint(paths),
        created=counts.created,
        updated=counts.updated,
        unchanged=counts.unchanged,
        refused=counts.refused,
    )
    if dry_run:
        connection.check_constraints()
        transaction.set_rollback(True)
    return counts


def is_loaded(command: str, paths: Sequence[Path]) -> bool:
    """Say whether the last run of an import on this file name read the very same files."""
    last = Loading.objects.filter(command=command, file_name=paths[0].name).first()
    return last is not None and last.sha256 == fingerprint(paths)
