"""A clean environment for the tools: the suite's own services must not be taken for theirs."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.services.process import wait_until

ROOT = Path(__file__).resolve().parents[2]
OWN = ("DATABASE_URL", "REDIS_URL", "PORT", "RESET", "ATLAAS_")


@pytest.fixture
def environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN)}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"}


@pytest.fixture
def python(environment):
    """Run a script of ours to its end; `python("tools/embedded.py", …)`."""

    def run(*arguments: object, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=environment | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def started(environment):
    """Start a script of ours in the background; whatever still runs at the end of the test is ended."""
    processes = []

    def start(*arguments: object, **variables: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            cwd=ROOT,
            env=environment | variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        processes.append(process)
        return process

    yield start
    for process in processes:
        with process:
            process.kill()


@pytest.fixture
def processes_of():
    """List the living processes (no zombies) whose command line or working folder names a path."""

    def find(path: Path) -> list[int]:
        return [
            int(entry.name)
            for entry in Path("/proc").iterdir()
            if entry.name.isdigit() and names(entry, path)
        ]

    return find


@pytest.fixture
def soon():
    """Wait for a condition; False when it did not come true in time."""

    def wait(condition: Callable[[], bool], seconds: float = 15.0) -> bool:
        return wait_until(condition, seconds, pause=0.05)

    return wait


def names(process: Path, path: Path) -> bool:
    try:
        zombie = (process / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
        command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        place = str((process / "cwd").readlink())
    except OSError:
        return False
    return not zombie and int(process.name) != os.getpid() and (str(path) in command or str(path) in place)
