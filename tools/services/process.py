"""Start and stop child processes that never outlive us."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

GUARD = Path(__file__).with_name("guard.py")


def guarded(command: Sequence[str], *, account: str = "-", death_signal: int = signal.SIGTERM) -> list[str]:
    """Prefix a command with the guard: another account, and a signal when the calling process dies."""
    own = [sys.executable, "-I", "-S", str(GUARD), str(os.getpid()), str(int(death_signal)), account]
    return [*own, *command]


def spawn(
    command: Sequence[str],
    log: IO[Any],
    *,
    account: str = "-",
    death_signal: int = signal.SIGTERM,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[bytes]:
    """Start a command in its own session, so that a Ctrl-C reaches us only; its output goes to the log."""
    return subprocess.Popen(
        guarded(command, account=account, death_signal=death_signal),
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT,
        env=env,
        cwd=cwd,
        start_new_session=True,
    )


class Server:
    """A child that serves: what the two services have in common."""

    process: subprocess.Popen[bytes] | None = None

    @property
    def is_running(self) -> bool:
        return self.process is not None and not has_ended(self.process)

    def await_start(self, answers: Callable[[], bool], seconds: float) -> bool:
        """Wait until it answers; False when it died or took too long, and then it is ended."""
        wait_until(lambda: not self.is_running or answers(), seconds)
        if self.is_running and answers():
            return True
        self.end()
        return False

    def end(self, *, first: int = signal.SIGTERM, grace: float = 10.0) -> None:
        if self.process is not None:
            stop(self.process, first=first, grace=grace)
            self.process = None


def is_alive(pid: int) -> bool:
    """Whether a process has this id, ours or not."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def has_ended(process: subprocess.Popen[bytes]) -> bool:
    """Whether the child has ended, without reaping it where the system allows: its group id stays ours."""
    if process.returncode is not None:
        return True
    if not hasattr(os, "waitid"):
        return process.poll() is not None
    try:
        return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:
        return True


def end_group(process: subprocess.Popen[bytes]) -> None:
    """Kill what the child leaves behind in its own session, then reap it."""
    if process.returncode is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def stop(process: subprocess.Popen[bytes], *, first: int = signal.SIGTERM, grace: float = 10.0) -> None:
    """Ask the child to end, insist after the grace period, and leave nothing of its session."""
    if not has_ended(process):
        process.send_signal(first)
        wait_until(lambda: has_ended(process), grace)
    end_group(process)


def wait_until(condition: Callable[[], bool], seconds: float, *, pause: float = 0.02) -> bool:
    """Poll a condition; False when it did not come true in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True


def processes_in(folder: Path, name: str, hint: int | None) -> list[int]:
    """List the processes of a program that work in this very folder: never another's, whatever a pid file says.

    Without /proc, only the process of the pid file (the hint) is looked at.
    """
    if Path("/proc/self/cwd").exists():
        entries = (entry for entry in Path("/proc").iterdir() if entry.name.isdigit())
        return [int(entry.name) for entry in entries if _works_in(entry, folder, name)]
    if hint is None:
        return []
    listing = subprocess.run(
        ["ps", "-o", "command=", "-p", str(hint)], capture_output=True, text=True, check=False
    )
    return [hint] if name in listing.stdout and str(folder) in listing.stdout else []


def _works_in(process: Path, folder: Path, name: str) -> bool:
    try:
        is_program = (process / "comm").read_text().strip() == name[:15]
        return is_program and (process / "cwd").readlink() == folder
    except OSError:
        return False


def end_leftovers(folder: Path, name: str, hint: int | None, *, first: int) -> bool:
    """End what a killed run left behind in this folder; False when something does not end."""
    left = processes_in(folder, name, hint)
    for number, patience in ((first, 10), (signal.SIGKILL, 5)):
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        if wait_until(lambda: not set(processes_in(folder, name, hint)) & set(left), patience):
            return True
    return False


def tail(path: Path, lines: int = 15) -> str:
    """Return the last lines of a log, for an error message."""
    with suppress(OSError):
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    return ""
