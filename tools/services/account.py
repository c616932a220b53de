"""Find who may run PostgreSQL, which refuses root, and a place that account can reach."""

import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tools.services.process import guarded
from tools.services.state import EXTERNAL, StateFolder, ToolError

LONGEST_SOCKET_PATH = 100  # sun_path holds 107 bytes on Linux, 103 on macOS
SOCKET_NAME = ".s.PGSQL.5432.lock"
USERS = ("postgres", "nobody")
SHARED_TEMPORARY = Path("/var/tmp")  # noqa: S108 - kept across restarts, unlike the usual temporary folder


@dataclass(frozen=True)
class Home:
    """Where PostgreSQL lives: the account that runs it, its programs, its data."""

    account: str
    programs: Path
    path: Path

    @property
    def data(self) -> Path:
        """The cluster's folder."""
        return self.path / "data"


def can_run(account: str, *command: str) -> bool:
    """Whether a command succeeds under an account."""
    done = subprocess.run(guarded(command, account=account), capture_output=True, check=False)
    return done.returncode == 0


def choose_account() -> str:
    """Return `-` when we are not root, else a user namespace where allowed, else an existing system user."""
    if os.geteuid() != 0:
        return "-"
    if can_run("userns", "true"):
        return "userns"
    for name in USERS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return f"{user.pw_uid}:{user.pw_gid}"
    raise ToolError(
        "PostgreSQL cannot run as root, and no user namespace, postgres or nobody user is available"
    )


def find_home(folder: StateFolder, programs: Path) -> Home:
    """Settle the account and its folder: inside the state folder, or beside it when that cannot be reached."""
    account = choose_account()
    inside = folder.path / "postgres"
    if ":" not in account:
        inside.mkdir(mode=0o700, exist_ok=True)
        return Home(account, programs, inside)
    if not (folder.path / EXTERNAL).exists() and _is_reachable(account, inside, programs):
        return Home(account, programs, inside)
    return _external_home(folder, account, programs)


def _is_reachable(account: str, path: Path, programs: Path) -> bool:
    path.mkdir(mode=0o700, exist_ok=True)
    give(path, account)
    return can_run(account, "test", "-w", str(path)) and can_run(account, str(programs / "postgres"), "-V")


def _external_home(folder: StateFolder, account: str, programs: Path) -> Home:
    path = private_folder(SHARED_TEMPORARY / f"atlaas-{digest(folder.path)}", account)
    (folder.path / EXTERNAL).write_text(str(path))
    if not can_run(account, str(programs / "postgres"), "-V"):
        programs = _copy_programs(programs, path)
    return Home(account, programs, path)


def digest(path: Path) -> str:
    """A short name for a path, for folders that stand for it elsewhere."""
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:16]


def private_folder(path: Path, account: str) -> Path:
    """Make a folder of the account's own in a place that everybody may write to, or recognise it as such."""
    if not path.exists():
        path.mkdir(mode=0o700)
        give(path, account)
    facts = path.lstat()
    owner = int(account.split(":", maxsplit=1)[0]) if ":" in account else os.geteuid()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid != owner:
        raise ToolError(f"{path} belongs to someone else; delete it, or set DATABASE_URL and REDIS_URL")
    return path


def _copy_programs(programs: Path, home: Path) -> Path:
    """Copy a wheel's programs and the libraries beside them (41 MB) where the account can read them."""
    package, target = programs.parent.parent, home / "programs"
    if programs.parent.name != "pginstall":
        raise ToolError(f"PostgreSQL cannot run as root, and no other account can read {programs}")
    if not target.exists():
        partial = home / "programs.partial"
        shutil.rmtree(partial, ignore_errors=True)
        for source in (package, package.with_name(f"{package.name}.libs")):
            if source.is_dir():
                shutil.copytree(source, partial / source.name, symlinks=True)
        partial.chmod(0o755)
        partial.rename(target)
    return target / programs.relative_to(package.parent)


def give(path: Path, account: str) -> None:
    """Make a folder the account's own."""
    if ":" in account:
        uid, gid = map(int, account.split(":"))
        os.chown(path, uid, gid)


def socket_folder(home: Home, *candidates: Path) -> Path:
    """Make a private folder whose socket paths are short enough: a candidate, else a temporary one."""
    name = f"atlaas-{digest(home.path)}"
    for path in (*candidates, Path(tempfile.gettempdir()) / name, SHARED_TEMPORARY / name):
        if len(os.fsencode(path / SOCKET_NAME)) <= LONGEST_SOCKET_PATH:
            return private_folder(path, home.account)
    raise ToolError("No temporary folder has a path short enough for a unix socket")
