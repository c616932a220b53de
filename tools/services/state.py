"""The state folder: what it may be, its locks, its secret key, and starting over."""

import fcntl
import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

ROOT = Path(__file__).resolve().parent.parent.parent
DEFAULT = ROOT / "var"
MARKER = ".atlaas-state"
EXTERNAL = "external-folder"


class ToolError(Exception):
    """A message for the person at the terminal; printed as it is, without a traceback."""


class Lock:
    """A lock on a file, held by one process alone or shared; the kernel drops it when the process ends."""

    def __init__(self, path: Path) -> None:
        """Name the lock; nothing is held yet."""
        self.path = path
        self._descriptor: int | None = None

    def acquire(self, *, shared: bool = False, wait: bool = True) -> bool:
        """Take the lock; without `wait`, say at once whether it could be had."""
        mode = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, mode)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def release(self) -> None:
        """Give the lock back, if held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def is_free(self, *, shared: bool = False) -> bool:
        """Whether nobody stands in the way of taking the lock now."""
        probe = Lock(self.path)
        if not probe.acquire(shared=shared, wait=False):
            return False
        probe.release()
        return True

    def __enter__(self) -> Self:
        """Hold the lock alone, waiting for it."""
        self.acquire()
        return self

    def __exit__(self, *_: object) -> None:
        """Release it."""
        self.release()


@dataclass(frozen=True)
class StateFolder:
    """A folder that carries our marker: everything in it is ours, and only there may we delete."""

    path: Path

    @classmethod
    def adopt(cls, path: Path) -> Self:
        """Take a folder as ours: new, empty, marked before, or the project's own `var/`."""
        path = path.expanduser().absolute().resolve()
        if path.exists() and not path.is_dir():
            raise ToolError(f"{path} is not a folder (set ATLAAS_VAR to another one)")
        path.mkdir(parents=True, exist_ok=True)
        marker = path / MARKER
        if not marker.exists():
            if path != DEFAULT and any(path.iterdir()):
                raise ToolError(
                    f"{path} holds files that are not ours: set ATLAAS_VAR to a new or empty folder"
                )
            marker.write_text(
                "State of an Atlaas demo. `make demo RESET=1` deletes everything beside this file.\n"
            )
        for name in ("locks", "logs"):
            (path / name).mkdir(mode=0o700, exist_ok=True)
        return cls(path)

    def lock(self, name: str) -> Lock:
        """Return the lock of this name."""
        return Lock(self.path / "locks" / name)

    def log(self, name: str) -> Path:
        """Return the path of a log file."""
        return self.path / "logs" / f"{name}.log"

    def clear(self) -> None:
        """Delete the whole state but the marker and the locks, which the caller may hold."""
        self.remove_external()
        for entry in self.path.iterdir():
            if entry.name not in {MARKER, "locks"}:
                _delete(entry)
        (self.path / "logs").mkdir(mode=0o700)

    def remove_external(self) -> None:
        """Delete the folder that had to be outside this one, where PostgreSQL's account could not enter."""
        note = self.path / EXTERNAL
        with suppress(OSError):
            _delete(Path(note.read_text()))
            note.unlink()

    def secret_key(self) -> str:
        """Return the demo's secret key, made once and readable by its owner only."""
        path = self.path / "secret-key"
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(secrets.token_urlsafe(50))
        return path.read_text()

    def demo_environment(self, environ: Mapping[str, str]) -> dict[str, str]:
        """Return the settings of the demo on this folder."""
        return {
            "ATLAAS_VAR": str(self.path),
            "ATLAAS_DEMO": "1",
            "ATLAAS_SECRET_KEY": environ.get("ATLAAS_SECRET_KEY") or self.secret_key(),
        }


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
