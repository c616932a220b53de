"""Run the suite on throw-away services: in parallel, in random order, with a real browser where there is one.

What stands on the command line goes to pytest. ATLAAS_DEEP=1 adds the tests marked `deep`.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

if not __package__:
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from tools.embedded import run_throwaway
from tools.services.state import ROOT, ToolError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
JOURNEYS = "tests/journeys"


def find_browser() -> str | None:
    """Return $CHROMIUM or the first known name on the PATH."""
    given = os.environ.get("CHROMIUM")
    if given:
        return shutil.which(given)
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def install_browser() -> str | None:
    """Install Debian's package when we may; None when we may not or it fails."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing chromium…", flush=True)
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-qq", "-y", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(command, env=quiet, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return find_browser()


def pytest_command(browser: str | None, arguments: list[str]) -> list[str]:
    """Return pytest's command line; ours come first, so that the caller's own win."""
    command = [sys.executable, "-m", "pytest", "-n", str(os.cpu_count() or 2), "--dist", "loadgroup"]
    if not os.environ.get("ATLAAS_DEEP"):
        command += ["-m", "not deep"]
    if browser is None:
        command += [f"--ignore={JOURNEYS}"]
    return command + arguments


def main(arguments: list[str]) -> int:
    """Run pytest and return its exit code; a missing browser is a failure where CI is set."""
    browser = find_browser() or install_browser()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # playwright runs an event loop of its own
    if browser:
        os.environ["CHROMIUM"] = browser
    os.chdir(ROOT)
    try:
        code = run_throwaway(pytest_command(browser, arguments))
    except ToolError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if browser is None:
        print("journeys not run: no chromium", flush=True)
        return code or int(bool(os.environ.get("CI")))
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
