"""A claim on the services of a state folder: they run at least as long as the claim is held."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path

from tools.services.keeper import FACTS, READY
from tools.services.process import has_ended, wait_until
from tools.services.state import ROOT, StateFolder, ToolError

OUTSIDE = ("DATABASE_URL", "REDIS_URL")
FAREWELL = 40.0


class Session:
    """Holds the lock `users` shared, and starts the keeper when none runs."""

    def __init__(self, folder: StateFolder, *, throwaway: bool = False) -> None:
        """Name the folder; nothing is held yet."""
        self.folder, self.throwaway = folder, throwaway
        self._users = folder.lock("users")
        self._keeper: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        """Claim the services: starts them, or joins those that run."""
        with self.folder.lock("start"):
            self._users.acquire(shared=True)
            try:
                self._start_keeper_if_none()
            except BaseException:
                self._users.release()
                raise

    def revive(self) -> bool:
        """Start the keeper again if it died; True when it had."""
        if not self.folder.lock("keeper").is_free():
            return False
        with self.folder.lock("start"):
            return self._start_keeper_if_none()

    def environment(self) -> dict[str, str]:
        """Return the addresses of the services."""
        facts = json.loads((self.folder.path / FACTS).read_text())
        return {"DATABASE_URL": facts["database_url"], "REDIS_URL": facts["redis_url"]}

    def close(self) -> None:
        """Give up the claim; the last one waits until the services have stopped."""
        self._users.release()
        keeper = self.folder.lock("keeper")
        users = self.folder.lock("users")
        wait_until(lambda: self._is_gone(keeper.path) or not users.is_free(shared=True), 1)
        if not self._is_gone(keeper.path) and users.is_free(shared=True):
            return
        wait_until(lambda: self._is_gone(keeper.path), FAREWELL)
        if self.throwaway:
            shutil.rmtree(self.folder.path, ignore_errors=True)

    def _is_gone(self, lock: Path) -> bool:
        if self._keeper is not None:
            return has_ended(self._keeper) and self._keeper.wait() is not None
        return not lock.exists() or self.folder.lock("keeper").is_free()

    def _start_keeper_if_none(self) -> bool:
        if not self.folder.lock("keeper").is_free():
            return False
        command = [sys.executable, "-m", "tools.services.keeper", str(self.folder.path)]
        command += ["--throwaway"] if self.throwaway else []
        with self.folder.log("services").open("ab") as log:
            self._keeper = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=ROOT,
                start_new_session=True,
            )
        with self._keeper.stdout or BytesIO() as pipe:
            answer = pipe.read().decode()
        if answer != READY:
            self._keeper.wait()
            raise ToolError(answer or f"The services did not start, see {self.folder.log('services')}")
        return True


def are_outside(environ: Mapping[str, str]) -> bool:
    """Whether both services are given from outside, so that nothing embedded is to be started."""
    return all(environ.get(name) for name in OUTSIDE)


@contextmanager
def claimed(folder: StateFolder, *, throwaway: bool = False) -> Iterator[Session]:
    """Hold a session for the length of a block."""
    session = Session(folder, throwaway=throwaway)
    session.open()
    try:
        yield session
    finally:
        session.close()


def throwaway_folder() -> StateFolder:
    """Make a new state folder that the keeper deletes."""
    path = Path(tempfile.mkdtemp(prefix="atlaas-")).resolve()
    with suppress(OSError):
        path.chmod(0o700)
    return StateFolder.adopt(path)


@contextmanager
def service_environment(folder: StateFolder, *, throwaway: bool = False) -> Iterator[dict[str, str]]:
    """Yield the variables that point to the services; nothing is started when both come from outside."""
    if are_outside(os.environ):
        yield {}
        return
    with claimed(folder, throwaway=throwaway) as session:
        given = {name: os.environ[name] for name in OUTSIDE if os.environ.get(name)}
        yield session.environment() | given
