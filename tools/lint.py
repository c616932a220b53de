"""Every static check, one after the other; all are run even when one fails."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("djlint", "templates", "--check", "--quiet"),
    ("djlint", "templates", "--lint", "--quiet"),
    ("mypy",),
    ("lint-imports",),
)


def passes(check: tuple[str, ...]) -> bool:
    start = time.monotonic()
    command = [str(Path(sys.executable).with_name(check[0])), *check[1:]]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    verdict = "ok" if done.returncode == 0 else "FAILED"
    print(f"{' '.join(check)}: {verdict} ({time.monotonic() - start:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    verdicts = [passes(check) for check in CHECKS]
    sys.exit(0 if all(verdicts) else 1)
