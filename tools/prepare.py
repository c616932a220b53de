"""The steps of the demo that need Django, in one process: its start is paid once.

`prepare.py FIRST TOTAL ACCOUNTS` numbers its steps from FIRST of TOTAL and writes what `demo_accounts` prints
to the file ACCOUNTS.
"""

import hashlib
import os
import sys
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

if not __package__:
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

import django
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tools.progress import step
from tools.services.session import are_outside
from tools.services.state import ROOT, ToolError

DEMO_SIZE = "15424"
DATA = ("atlaas/data", "labels/data", "*/management/commands")


def fingerprint(paths: Iterable[Path]) -> str:
    """A digest of the names and contents of files."""
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(str(path).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def is_done(stamp: Path, state: str) -> bool:
    return stamp.exists() and stamp.read_text() == state


def files_under(*patterns: str) -> list[Path]:
    folders = [folder for pattern in patterns for folder in ROOT.glob(pattern)]
    return [
        path for folder in folders for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"
    ]


def migrate() -> None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def load_data(folder: Path) -> None:
    """Load the demo's data, unless this very data was loaded in the embedded database before."""
    stamp, state = folder / "data.stamp", fingerprint(files_under(*DATA))
    if is_done(stamp, state) and not are_outside(os.environ):
        return
    call_command("load_demo_data")
    stamp.write_text(state)


def ask_for_fiches() -> None:
    """Ask the worker, which starts after the site, for the invented fiches; ATLAAS_DEMO_SIZE says how many, 0 none."""
    size = os.environ.get("ATLAAS_DEMO_SIZE") or DEMO_SIZE
    if not size.isdigit():
        raise ToolError(f"ATLAAS_DEMO_SIZE={size} is not a number of fiches")
    if not int(size):
        return
    try:
        call_command("seed_demo", later=True, size=int(size))
    except CommandError as refused:  # fiches of another size stand: the demo goes on with them
        print(f"  {refused}", flush=True)


def collect_static(folder: Path) -> None:
    """Copy, name and compress the static files, when they or the packages that bring them have changed."""
    sources = [*files_under("static", "*/static"), ROOT / "requirements" / "base.txt", Path(__file__)]
    stamp, state = folder / "static.stamp", fingerprint(sources)
    if is_done(stamp, state) and Path(settings.STATIC_ROOT).is_dir():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(state)


def main(first: int, total: int, accounts: Path) -> None:
    folder = accounts.parent
    with step(first, total, "migrations"):
        django.setup()
        migrate()
    with step(first + 1, total, "static files"):
        collect_static(folder)
    with step(first + 2, total, "demo data", chatty=True):
        load_data(folder)
        ask_for_fiches()
    output = StringIO()
    call_command("demo_accounts", stdout=output)
    accounts.write_text(output.getvalue())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atlaas.project.settings")
    try:
        main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
    except ToolError as error:
        sys.exit(str(error))
