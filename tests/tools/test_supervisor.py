"""tools/supervisor.py: what dies is started again, what is stopped leaves nothing."""

import signal
import sys
import time
from pathlib import Path

import pytest

from tools.services.process import is_alive
from tools.supervisor import PAUSES, Program, Supervisor

SLEEPER = ["sh", "-c", "sleep 61 & exec sleep 62"]


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(said):
    supervisor = Supervisor(None, said.append)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def add(supervisor, tmp_path):
    def add(*command: str) -> Program:
        program = Program(
            name="sleeper", command=command, log=tmp_path / "sleeper.log", env={"PATH": "/usr/bin:/bin"}
        )
        supervisor.add(program)
        return program

    return add


def test_killed_program_is_back_within_five_seconds(supervisor, add, said):
    program = add(*SLEEPER)
    killed = program.process.pid
    program.process.kill()
    start = time.monotonic()

    supervisor.watch(lambda: program.is_running and program.process.pid != killed)

    assert time.monotonic() - start < 5
    assert said == [f"sleeper ended (-9), starting it again in 0 s, see {program.log}"]


def test_what_a_killed_program_leaves_behind_is_ended(supervisor, add, soon):
    program = add("sh", "-c", "sleep 61 & echo $!; exec sleep 62")
    assert soon(lambda: program.log.read_text().strip())
    orphan = int(program.log.read_text())
    killed = program.process.pid
    program.process.kill()

    supervisor.watch(lambda: program.is_running and program.process.pid != killed)

    assert soon(lambda: not is_alive(orphan) or is_zombie(orphan))


def test_program_that_dies_at_once_is_started_ever_more_rarely(supervisor, add, said):
    add("false")
    end = time.monotonic() + 3

    supervisor.watch(lambda: time.monotonic() > end)

    assert [line.split()[-4] for line in said] == [f"{pause:g}" for pause in PAUSES[: len(said)]]
    assert 3 <= len(said) <= 4


def test_stop_ends_programs_that_do_not_listen(add, supervisor, monkeypatch):
    monkeypatch.setattr("tools.supervisor.GRACE", 0.5)
    deaf = add(
        sys.executable,
        "-c",
        "import signal, time; signal.signal(15, signal.SIG_IGN); print('up', flush=True); time.sleep(60)",
    )
    while "up" not in deaf.log.read_text():
        time.sleep(0.02)
    pid = deaf.process.pid

    supervisor.stop()

    assert not is_alive(pid)


def test_signals_are_counted_instead_of_dying_of_them(supervisor):
    previous = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    try:
        supervisor.listen()
        signal.raise_signal(signal.SIGTERM)
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)

    assert supervisor.must_stop


def is_zombie(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
