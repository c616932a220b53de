"""Keep a few programs running until told to stop: a dead one is started again, and none is left behind."""

import signal
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from tools.services.process import Server, end_group, has_ended, spawn, wait_until
from tools.services.session import Session
from tools.services.state import ROOT

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK = 0.2
GRACE = 10.0
HELD = 10.0  # seconds after which a program counts as having started well
PAUSES = (0.0, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0)  # before the start after each death in a row


@dataclass
class Program(Server):
    """A command that has to run, its log, and how its last starts went."""

    name: str
    command: Sequence[str]
    log: Path
    env: Mapping[str, str]
    deaths: int = field(default=0, init=False)
    started: float = field(default=0.0, init=False)
    due: float = field(default=0.0, init=False)

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = spawn(self.command, log, env=self.env, cwd=ROOT)
        self.started = time.monotonic()

    def watch(self, say: Callable[[str], None]) -> None:
        """Start again what has died: at once the first time, ever later when it dies again and again."""
        if self.process is not None and has_ended(self.process):
            end_group(self.process)
            now = time.monotonic()
            self.deaths = 1 if now - self.started > HELD else self.deaths + 1
            pause = PAUSES[min(self.deaths, len(PAUSES)) - 1]
            self.due = now + pause
            say(
                f"{self.name} ended ({self.process.returncode}), starting it again in {pause:g} s, see {self.log}"
            )
            self.process = None
        if self.process is None and time.monotonic() >= self.due:
            self.start()


class Supervisor:
    """The programs, the claim on the services, and the signals that end both."""

    def __init__(self, session: Session | None, say: Callable[[str], None]) -> None:
        """Watch nothing yet; without a session the services are somebody else's."""
        self.session, self.say = session, say
        self.programs: list[Program] = []
        self.signals = 0

    def listen(self) -> None:
        """Count the signals that ask us to stop, instead of dying of them."""
        for number in SIGNALS:
            signal.signal(number, self._count)

    @property
    def must_stop(self) -> bool:
        return self.signals > 0

    def add(self, program: Program) -> None:
        """Start a program with a new log, and watch it from now on."""
        program.log.unlink(missing_ok=True)
        program.start()
        self.programs.append(program)

    def watch(self, until: Callable[[], bool]) -> None:
        """Keep everything alive until the condition holds or a signal came."""
        while not self.must_stop and not until():
            for program in self.programs:
                program.watch(self.say)
            if self.session is not None and self.session.revive():
                self.say("the services ended, started again")
            time.sleep(TICK)

    def stop(self) -> None:
        """End every program, all at once, then give up the services; a second signal cuts the wait short."""
        heard = self.signals
        for program in self.programs:
            if program.process is not None and program.is_running:
                with suppress(ProcessLookupError):
                    program.process.terminate()
        wait_until(lambda: not self._is_running() or self.signals > heard, GRACE)
        for program in self.programs:
            program.end(first=signal.SIGKILL)
        if self.session is not None:
            self.session.close()

    def _is_running(self) -> bool:
        return any(program.is_running for program in self.programs)

    def _count(self, *_: object) -> None:
        self.signals += 1
