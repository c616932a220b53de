"""A real gunicorn on loopback, for a load that comes by HTTP."""

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"
GUNICORN = ("--worker-class", "gthread", "--no-control-socket")


@contextmanager
def served(
    port: int, environment: Mapping[str, str], log: Path, *, workers: int = 2, threads: int = 8
) -> Iterator[None]:
    """It answers until the block ends."""
    size = ("--workers", str(workers), "--threads", str(threads), "--bind", f"{HOST}:{port}")
    command = [sys.executable, "-m", "gunicorn", "atlaas.project.wsgi:application", *GUNICORN, *size]
    with log.open("w") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output)
    try:
        _wait(port, log)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def ask(
    port: int, method: str, address: str, headers: Mapping[str, str], body: str = ""
) -> tuple[int, bytes, str]:
    """Status, body, and where a redirect leads."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request(method, address, body or None, {"Host": "localhost", **headers})
        response = connection.getresponse()
        return response.status, response.read(), response.headers.get("Location") or ""
    finally:
        connection.close()


def _wait(port: int, log: Path) -> None:
    for _ in range(120):
        try:
            if ask(port, "GET", "/sante/vif", {})[0] == http.client.OK:
                return
        except OSError:
            time.sleep(0.5)
    raise SystemExit(f"gunicorn does not answer:\n{log.read_text()[-2000:]}")
