"""The process that owns PostgreSQL and Valkey for as long as some session holds the state folder.

Sessions hold the lock `users` shared; the keeper stops once it can take that lock alone, so it needs no
message, and a session that was killed counts as gone. A server that dies is started again.
"""

import argparse
import json
import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tools.services.account import find_home, socket_folder
from tools.services.postgres import Postgres, find_programs
from tools.services.state import StateFolder, ToolError
from tools.services.valkey import Valkey

READY = "ready"
FACTS = "services.json"
TICK = 0.1
LONGEST_PAUSE = 30.0


def say(text: str) -> None:
    """Write one dated line to the keeper's log."""
    sys.stderr.write(f"{time.strftime('%Y-%m-%d %H:%M:%S')} {text}\n")
    sys.stderr.flush()


@dataclass
class Revival:
    """When a dead server may be started again: at once, then ever later while it does not hold."""

    server: Postgres | Valkey
    pause: float = 0.0
    not_before: float = 0.0

    def attempt(self) -> None:
        """Start the server if it is down and its pause is over."""
        if self.server.is_running or time.monotonic() < self.not_before:
            return
        name = type(self.server).__name__
        say(f"{name} is down, starting it again")
        self.pause = min(LONGEST_PAUSE, self.pause * 2 or 0.5)
        try:
            self.server.start()
            say(f"{name} is back")
        except ToolError as error:
            say(str(error))
        self.not_before = time.monotonic() + self.pause

    def forgive(self) -> None:
        """Forget earlier failures once the server has held for a while."""
        if self.pause and self.server.is_running and time.monotonic() > self.not_before + LONGEST_PAUSE:
            self.pause = 0.0


class Keeper:
    """The servers of one state folder."""

    def __init__(self, folder: StateFolder, *, throwaway: bool) -> None:
        """Find the programs and the places; nothing runs yet."""
        self.folder, self.throwaway = folder, throwaway
        self.must_stop = False
        home = find_home(folder, find_programs())
        self._forget_sockets()
        sockets = (home.path / "run",) if ":" in home.account else (folder.path / "run", home.path / "run")
        self.sockets = socket_folder(home, *sockets)
        self.postgres = Postgres(home, self.sockets, folder.log("postgres"), throwaway=throwaway)
        self.valkey = Valkey(folder.path / "valkey", self.sockets, folder.log("valkey"), throwaway=throwaway)

    def start(self) -> None:
        """Start both servers and publish where they are."""
        self.valkey.start()
        self.postgres.start()
        facts = {
            "database_url": self.postgres.url,
            "redis_url": self.valkey.url,
            "sockets": str(self.sockets),
        }
        partial = self.folder.path / f"{FACTS}.partial"
        partial.write_text(json.dumps(facts | {"pid": os.getpid()}, indent=1))
        partial.rename(self.folder.path / FACTS)

    def watch(self) -> None:
        """Revive what dies, until no session is left or we are told to stop."""
        revivals = [Revival(self.valkey), Revival(self.postgres)]
        users = self.folder.lock("users")
        while not self.must_stop and not users.acquire(wait=False):
            for revival in revivals:
                revival.attempt()
                revival.forgive()
            time.sleep(TICK)

    def stop(self) -> None:
        """Stop both servers; in throw-away mode delete the whole folder."""
        self.postgres.stop()
        self.valkey.stop()
        self._forget_sockets()
        if self.throwaway:
            self.folder.remove_external()
            shutil.rmtree(self.folder.path, ignore_errors=True)

    def _forget_sockets(self) -> None:
        """Delete the sockets' folder that was published last, wherever it had to be."""
        facts = self.folder.path / FACTS
        with suppress(OSError, ValueError, KeyError):
            shutil.rmtree(Path(json.loads(facts.read_text())["sockets"]))
        facts.unlink(missing_ok=True)


def announce(text: str) -> None:
    """Tell the waiting session that it can go on (`ready`) or why not, and close that pipe."""
    with suppress(OSError):
        os.write(1, text.encode())
    os.dup2(2, 1)


def main() -> int:
    """Run the keeper of one folder; a second one finds the lock held and leaves."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--throwaway", action="store_true")
    options = parser.parse_args()
    for ignored in (signal.SIGINT, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    folder = StateFolder(options.folder)
    with folder.lock("keeper"):
        return keep(folder, throwaway=options.throwaway)


def keep(folder: StateFolder, *, throwaway: bool) -> int:
    """Start, announce, watch, stop."""
    keeper = None
    try:
        keeper = Keeper(folder, throwaway=throwaway)
        signal.signal(signal.SIGTERM, lambda *_: setattr(keeper, "must_stop", True))
        keeper.start()
        announce(READY)
        keeper.watch()
    except ToolError as error:
        announce(str(error))
        return 1
    finally:
        if keeper is not None:
            keeper.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
