"""Become another command that does not outlive its parent: `guard.py PARENT SIGNAL ACCOUNT COMMAND…`.

PARENT is the process id of the caller and SIGNAL the number the kernel sends when that process dies (Linux;
elsewhere nothing). ACCOUNT is `-` (stay who we are), `userns` (an ordinary user inside a user namespace of our
own: PostgreSQL refuses to run as root, and nothing has to be created on the machine) or `UID:GID`.
"""

import os
import sys
from pathlib import Path

try:
    import ctypes
except ImportError:  # a Python built without libffi: no namespace, no death signal
    ctypes = None  # type: ignore[assignment]

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1
INNER_ID = 1000


def enter_user_namespace() -> None:
    """Map the current user to an ordinary one, so that `geteuid()` is no longer 0."""
    uid, gid = os.geteuid(), os.getegid()
    if ctypes is None or not sys.platform.startswith("linux"):
        sys.exit("user namespaces are not available")
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        sys.exit(f"unshare: {os.strerror(ctypes.get_errno())}")
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{INNER_ID} {uid} 1")
    Path("/proc/self/gid_map").write_text(f"{INNER_ID} {gid} 1")


def become(account: str) -> None:
    """Change the account as the module's docstring says."""
    if account == "userns":
        enter_user_namespace()
    elif account != "-":
        uid, gid = map(int, account.split(":"))
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)


def die_with(parent: int, signal_number: int) -> None:
    """Ask the kernel for a signal at the parent's death; after `become`, which would clear it."""
    if ctypes is None or not sys.platform.startswith("linux"):
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit("the parent is already gone")


def main(parent: str, signal_number: str, account: str, *command: str) -> None:
    """Run the three steps, then become the command."""
    become(account)
    die_with(int(parent), int(signal_number))
    os.execvp(command[0], command)  # noqa: S606 - the command is the caller's own


if __name__ == "__main__":
    main(*sys.argv[1:])
