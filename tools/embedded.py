"""Run a command with PostgreSQL and Valkey at hand.

    embedded.py run --throwaway -- COMMAND…   new, empty services, gone afterwards
    embedded.py run --var DIR -- COMMAND…     the demo's own, whether the demo runs or not

The command finds DATABASE_URL, REDIS_URL and ATLAAS_VAR in its environment; its exit code is ours. When both
addresses are set beforehand, nothing is started.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

if not __package__:
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from tools.services.process import guarded
from tools.services.session import service_environment, throwaway_folder
from tools.services.state import DEFAULT, StateFolder, ToolError

FORWARDED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TEST_KEY = "throw-away-services-only"


def run_command(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run the command, pass it the signals we get, return its exit code as a shell would."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:  # a shell starts what it runs in the background so,
        signal.signal(signal.SIGINT, signal.default_int_handler)  # and the command would never hear a Ctrl-C
    own_group = not sys.stdin or not sys.stdin.isatty()
    process = subprocess.Popen(guarded(command), env=environment, process_group=0 if own_group else None)

    def forward(number: int, _frame: object) -> None:
        if number != signal.SIGINT or own_group:  # a Ctrl-C at the terminal reaches the command by itself
            with suppress(ProcessLookupError):
                process.send_signal(number)

    previous = {number: signal.signal(number, forward) for number in FORWARDED}
    try:
        code = process.wait()
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    return 128 - code if code < 0 else code


def run_throwaway(command: Sequence[str]) -> int:
    """Run the command on new services and a new state folder, deleted afterwards."""
    folder = throwaway_folder()
    (folder.path / "static").mkdir()  # nothing is collected for tests; whitenoise warns of a missing folder
    try:
        with service_environment(folder, throwaway=True) as services:
            key = os.environ.get("ATLAAS_SECRET_KEY") or TEST_KEY
            own = {"ATLAAS_VAR": str(folder.path), "ATLAAS_SECRET_KEY": key}
            return run_command(command, os.environ | services | own)
    finally:
        shutil.rmtree(folder.path, ignore_errors=True)


def run_on_state(path: Path, command: Sequence[str]) -> int:
    """Run the command on the services and settings of the demo."""
    folder = StateFolder.adopt(path)
    with service_environment(folder) as services:
        return run_command(command, os.environ | folder.demo_environment(os.environ) | services)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    run = parser.add_subparsers(required=True).add_parser("run", help="run a command with the services")
    where = run.add_mutually_exclusive_group()
    where.add_argument("--throwaway", action="store_true", help="on new services, deleted afterwards")
    where.add_argument(
        "--var", type=Path, default=Path(os.environ.get("ATLAAS_VAR") or DEFAULT), help="state folder"
    )
    run.add_argument("command", nargs="+")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; a ToolError is a message, not a traceback."""
    options = parse(arguments)
    try:
        if options.throwaway:
            return run_throwaway(options.command)
        return run_on_state(options.var, options.command)
    except ToolError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
