"""Open a table that a person uploads, in a child process that is bounded in memory and in time."""

import json
import os
import subprocess
import sys
from pathlib import Path

from atlaas.rules.uploaded_table import MOST_BYTES, ZIP, Line, Unreadable, UploadedTable, refuse_others

ROOT = Path(__file__).resolve().parents[2]
PYTHON = (sys.executable, "-s", "-B", "-m")
LONGEST = 20  # seconds on the clock; the child bounds its own processor time
_TOO_HEAVY = (
    "Ce fichier demande trop de mémoire ou de temps pour être ouvert : il est refusé. "
    "Recopiez les fiches dans le modèle, puis envoyez-le."
)


def read_table(content: bytes) -> UploadedTable:
    """The header and the lines of a CSV or XLSX file, whatever its name; `Unreadable` with a French sentence otherwise."""
    if not content:
        raise Unreadable("Ce fichier est vide : remplissez-le, ou partez du modèle.")
    if len(content) > MOST_BYTES:
        raise Unreadable("Ce fichier dépasse 10 Mo : coupez-le en plusieurs fichiers.")
    refuse_others(content)
    reader = "workbook_reader" if content.startswith(ZIP) else "table_reader"
    return run_reader((*PYTHON, f"atlaas.queries.{reader}"), content)


def run_reader(command: tuple[str, ...], content: bytes, *, longest: float = LONGEST) -> UploadedTable:
    """What the child answers; a child that ends badly or late is told as a file that is too heavy."""
    try:
        child = subprocess.run(  # noqa: S603 (our own module, no shell; a late child is killed)
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
            env=_environment(),
            timeout=longest,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(_TOO_HEAVY) from None
    if child.returncode:
        raise Unreadable(_TOO_HEAVY)
    return _table(child.stdout)


def _environment() -> dict[str, str]:
    """No secret of ours; openpyxl reads with the standard library, which starts faster than lxml."""
    kept = {"PATH": os.environ["PATH"]} if "PATH" in os.environ else {}
    return kept | {"PYTHONUTF8": "1", "OPENPYXL_LXML": "False"}


def _table(answer: bytes) -> UploadedTable:
    first, *lines = map(json.loads, answer.splitlines())
    if "refused" in first:
        raise Unreadable(first["refused"])
    return UploadedTable(first["header"], [Line(number, cells) for number, cells in lines], first["remarks"])
