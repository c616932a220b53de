"""Run the whole platform from a fresh clone: services, data, web server, worker, beat, all watched.

Variables: PORT (8000), RESET=1 (start over), ATLAAS_VAR (state folder), ATLAAS_DEMO_SIZE (invented fiches that the
worker writes once the site is up, 0 for none), DATABASE_URL and REDIS_URL (services from outside, nothing embedded is
started).
"""

import errno
import http.client
import os
import socket
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

if not __package__:
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from tools.progress import say, step
from tools.services.process import has_ended, spawn, stop, tail
from tools.services.session import Session, are_outside
from tools.services.state import DEFAULT, MARKER, ROOT, StateFolder, ToolError
from tools.supervisor import Program, Supervisor

STEPS = 5
HOSTS = ("127.0.0.1", "::1")
ALIVE = "/sante/vif"
START_PATIENCE = 90.0
GUNICORN = (
    *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--preload"),
    *("--no-control-socket", "--graceful-timeout", "5", "--log-level", "warning"),
)
WORKER = ("--concurrency", "2", "--without-gossip", "--without-mingle", "--loglevel", "warning")
TRUE = {"1", "true", "yes", "on"}


@dataclass(frozen=True)
class Options:
    """What the environment asks for."""

    folder: Path
    port: int
    reset: bool

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Options":
        port = environ.get("PORT") or "8000"
        if not port.isdigit() or not 0 < int(port) < 65536:
            raise ToolError(f"PORT={port} is not a port number")
        folder = Path(environ.get("ATLAAS_VAR") or DEFAULT)
        return cls(folder, int(port), (environ.get("RESET") or "").lower() in TRUE)


def usable_addresses(port: int) -> list[str]:
    """Return the loopback addresses of this machine, all free; refuse when the port is taken on one."""
    usable = []
    for host in HOSTS:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        try:
            with socket.socket(family) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind((host, port))
        except PermissionError:
            raise ToolError(
                f"Port {port} needs more rights: choose another one, as in `make demo PORT=8001`"
            ) from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise ToolError(
                    f"Port {port} is in use: choose another one with the PORT variable, as in `make demo PORT={port + 1}`"
                ) from None
            continue  # no such address on this machine
        usable.append(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
    return usable


def open_folder(options: Options) -> StateFolder:
    """Claim the state folder for this demo alone, emptied first when asked to start over."""
    path = options.folder.expanduser()
    if options.reset and path.is_dir() and any(path.iterdir()) and not (path / MARKER).exists():
        raise ToolError(f"{path} does not carry our marker ({MARKER}): it is not deleted. Delete it yourself")
    folder = StateFolder.adopt(path)
    if not folder.lock("demo").acquire(wait=False):  # held until this process ends
        raise ToolError(f"A demo already runs on {folder.path}: stop it, or set ATLAAS_VAR to another folder")
    if options.reset:
        if not folder.lock("users").is_free():
            raise ToolError(f"A command still uses {folder.path}: let it end before starting over")
        folder.clear()
    return folder


class Demo:
    """One run of the demo, from the services to the last signal."""

    def __init__(self, options: Options, folder: StateFolder, addresses: list[str]) -> None:
        """Nothing runs yet."""
        self.options, self.folder, self.addresses = options, folder, addresses
        self.session = None if are_outside(os.environ) else Session(folder)
        self.supervisor = Supervisor(self.session, say)
        self.environment: dict[str, str] = {}

    @property
    def url(self) -> str:
        return f"http://localhost:{self.options.port}"

    def run(self) -> int:
        self.supervisor.listen()
        try:
            self.start_services()
            if self.prepare() and self.serve():
                say(f"Atlaas is ready: {self.url}")
                say((self.folder.path / "accounts.txt").read_text().rstrip())
                self.supervisor.watch(lambda: False)
            return 0
        finally:
            say("Stopping…")
            self.supervisor.stop()

    def start_services(self) -> None:
        with step(1, STEPS, "PostgreSQL and Valkey"):
            services: dict[str, str] = {}
            if self.session is not None:
                self.session.open()
                services = self.session.environment()
        own = {"PORT": str(self.options.port), "ATLAAS_PUBLIC_URL": self.url, "PYTHONUNBUFFERED": "1"}
        self.environment = os.environ | self.folder.demo_environment(os.environ) | services | own

    def prepare(self) -> bool:
        """Migrate, collect, load; False when a signal came in between."""
        accounts = self.folder.path / "accounts.txt"
        command = [sys.executable, "tools/prepare.py", "2", str(STEPS), str(accounts)]
        process = spawn(command, sys.stdout, env=self.environment, cwd=ROOT)
        try:
            self.supervisor.watch(lambda: has_ended(process))
        finally:
            stop(process)
        if self.supervisor.must_stop:
            return False
        if process.returncode:
            raise ToolError("The demo could not be prepared, see above")
        return True

    def serve(self) -> bool:
        """Start the web server, then, once it answers, what works behind it; False when a signal came."""
        with step(STEPS, STEPS, "web server, worker, beat"):
            web, *others = self.programs()
            self.supervisor.add(web)
            deadline = time.monotonic() + START_PATIENCE
            self.supervisor.watch(lambda: self.answers() or time.monotonic() > deadline)
            if self.supervisor.must_stop:
                return False
            if not self.answers():
                raise ToolError(f"The web server does not answer:\n{tail(web.log)}")
            for each in others:
                self.supervisor.add(each)
        return True

    def programs(self) -> list[Program]:
        binds = [part for address in self.addresses for part in ("--bind", address)]
        celery = [program("celery"), "-A", "atlaas.project"]
        commands = {
            "web": [program("gunicorn"), "atlaas.project.wsgi:application", *GUNICORN, *binds],
            "worker": [*celery, "worker", *WORKER],
            "beat": [*celery, "beat", "--pidfile=", "--schedule", str(self.folder.path / "beat-schedule")],
        }
        return [
            Program(name=name, command=command, log=self.folder.log(name), env=self.environment)
            for name, command in commands.items()
        ]

    def answers(self) -> bool:
        """Whether the web server is up; asked on the address it is bound to, under the name it is known by."""
        connection = http.client.HTTPConnection(self.addresses[0], timeout=2)
        try:
            connection.request("GET", ALIVE, headers={"Host": "localhost"})
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()


def program(name: str) -> str:
    """The path of a program of our virtual environment."""
    return str(Path(sys.executable).with_name(name))


def main() -> int:
    """Refuse early and clearly, then run."""
    try:
        options = Options.read(os.environ)
        addresses = usable_addresses(options.port)
        return Demo(options, open_folder(options), addresses).run()
    except ToolError as error:
        sys.stderr.write(f"{error}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
