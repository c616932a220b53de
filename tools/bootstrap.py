"""Make the virtual environment and install one locked file of requirements in it: `bootstrap.py .venv FILE`.

Runs under any Python 3 that `make` finds, so it says clearly when that one will not do.
"""

import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
UV = "uv>=0.8,<1"


def fail(message):
    sys.stderr.write(f"{message}\n")
    sys.exit(1)


def check_python():
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:2]))
        fail(f"Python 3.11 or newer is needed, this is {found}: set PYTHON=/path/to/python3")
    try:
        import ensurepip  # noqa: F401, PLC0415 - looked for, not used
        import venv  # noqa: F401, PLC0415
    except ImportError:
        fail("This Python has no venv module (on Debian and Ubuntu: apt install python3-venv)")


def succeeds(*command):
    """Run a command quietly; its output is shown only when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.stderr.write(done.stdout.decode(errors="replace")[-3000:])
    return done.returncode == 0


def make_environment(folder):
    """Make the environment unless it is there and whole."""
    python = str(folder / "bin" / "python")
    is_whole = Path(python).exists() and succeeds(python, "-m", "pip", "--version")
    if not is_whole and not succeeds(sys.executable, "-m", "venv", "--clear", str(folder)):
        fail(f"The virtual environment could not be made in {folder}")
    return python


def install(python, requirements):
    """Install by uv, itself from pip; by pip alone where uv cannot be had."""
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    locked = ("--require-hashes", "-r", requirements)
    if succeeds(*pip, UV) and succeeds(
        python, "-m", "uv", "pip", "install", "--quiet", "--python", python, *locked
    ):
        return
    if not succeeds(*pip, *locked):
        fail(f"The requirements of {requirements} could not be installed")


def main(folder, requirements):
    check_python()
    print(f"Installing {requirements} in {folder}…", flush=True)
    install(make_environment(Path(folder)), requirements)
    (Path(folder) / Path(requirements).with_suffix(".stamp").name).touch()


if __name__ == "__main__":
    main(*sys.argv[1:])
