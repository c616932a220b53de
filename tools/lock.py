"""Lock every requirements/*.in with hashes, for all platforms, without a word about where packages come from."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("base", "demo", "dev")
OPTIONS = ("--universal", "--generate-hashes", "--no-header", "--python-version", "3.11", "--quiet")


def lock(name: str) -> None:
    source, target = f"requirements/{name}.in", f"requirements/{name}.txt"
    command = [sys.executable, "-m", "uv", "pip", "compile", *OPTIONS, source, "-o", target]
    subprocess.run([*command, *sys.argv[1:]], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    for each in NAMES:
        lock(each)
