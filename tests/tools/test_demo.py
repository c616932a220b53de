"""tools/demo.py: what it refuses before doing anything, and one whole life of it."""

import os
import signal
import socket
import urllib.request
from pathlib import Path

import pytest

from tools.demo import START_PATIENCE
from tools.services.process import is_alive
from tools.services.state import MARKER, StateFolder

DEMO = "tools/demo.py"


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def held(tmp_path):
    """Hold a lock of the state folder as a running demo or command would."""
    locks = []

    def hold(name: str) -> None:
        lock = StateFolder.adopt(tmp_path).lock(name)
        lock.acquire(shared=name == "users")
        locks.append(lock)

    yield hold
    for lock in locks:
        lock.release()


def test_port_in_use_is_refused_before_anything_is_made(python, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = python(DEMO, PORT=str(port), ATLAAS_VAR=str(tmp_path / "var"))

    hint = f"choose another one with the PORT variable, as in `make demo PORT={port + 1}`"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"Port {port} is in use: {hint}\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["0", "65536", "eight", "-1"])
def test_port_that_is_none_is_refused(python, port):
    done = python(DEMO, PORT=port)

    assert (done.returncode, done.stderr) == (1, f"PORT={port} is not a port number\n")


@pytest.mark.parametrize("reset", ["", "1"])
def test_folder_that_is_not_ours_is_neither_used_nor_deleted(python, tmp_path, port, reset):
    (tmp_path / "letter.txt").write_text("mine")

    done = python(DEMO, PORT=str(port), ATLAAS_VAR=str(tmp_path), RESET=reset)

    assert done.returncode == 1
    assert done.stderr.startswith(str(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("reset", ["", "1"])
def test_second_demo_on_the_same_folder_is_refused(python, tmp_path, port, reset, held):
    held("demo")
    (tmp_path / "data").write_text("kept")

    done = python(DEMO, PORT=str(port), ATLAAS_VAR=str(tmp_path), RESET=reset)

    assert done.stderr == f"A demo already runs on {tmp_path}: stop it, or set ATLAAS_VAR to another folder\n"
    assert (tmp_path / "data").read_text() == "kept"


def test_reset_waits_for_no_command_that_still_works(python, tmp_path, port, held):
    held("users")
    (tmp_path / "data").write_text("kept")

    done = python(DEMO, PORT=str(port), ATLAAS_VAR=str(tmp_path), RESET="1")

    assert done.stderr == f"A command still uses {tmp_path}: let it end before starting over\n"
    assert (tmp_path / "data").read_text() == "kept"


def test_reset_deletes_the_state_but_not_its_marker(tmp_path):
    folder = StateFolder.adopt(tmp_path)
    folder.secret_key()

    folder.clear()

    assert sorted(path.name for path in tmp_path.iterdir()) == [MARKER, "locks", "logs"]


def test_secret_key_is_made_once_and_private(tmp_path):
    folder = StateFolder.adopt(tmp_path)

    first, second = folder.secret_key(), folder.secret_key()

    assert first == second
    assert len(first) > 60
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.deep
def test_whole_life(started, processes_of, soon, tmp_path, port):
    var = tmp_path / "var"
    demo = started(DEMO, PORT=str(port), ATLAAS_VAR=str(var))
    read_until_ready(demo, port)

    for pid in [postmaster(var), *children(demo.pid)]:
        os.kill(pid, signal.SIGKILL)
        assert soon(
            lambda pid=pid: pid not in [postmaster(var), *children(demo.pid)] and is_whole(demo, var), 30
        )

    assert soon(lambda: answers(port), START_PATIENCE)  # the same that the demo grants itself
    demo.terminate()
    assert demo.wait(30) == 0
    assert processes_of(var) == []

    again = started(DEMO, PORT=str(port), ATLAAS_VAR=str(var))
    read_until_ready(again, port)

    again.kill()
    assert soon(lambda: processes_of(var) == [] and not answers(port), 30)


def read_until_ready(demo, port: int) -> None:
    lines = []
    for line in demo.stdout:
        lines.append(line)
        if line == f"Atlaas is ready: http://localhost:{port}\n":
            return
    pytest.fail("".join(lines))


def postmaster(var: Path) -> int:
    try:
        return int((var / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
    except (OSError, IndexError):
        return 0


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_whole(demo, var: Path) -> bool:
    """Whether keeper, web, worker, beat and PostgreSQL run."""
    return len(children(demo.pid)) == 4 and postmaster(var) > 0 and is_alive(postmaster(var))


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sante/vif", timeout=2) as response:
            return response.status == 200
    except OSError:
        return False
