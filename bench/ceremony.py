"""The minute after the proclamation: 300 visitors a second on the palmarès, from a cold cache; then the minute it turns.

Run by itself: `make bench ARGS="--ceremony"`. A database of its own with the palmarès of 2025, a real gunicorn on loopback
without anything before it, the visitors in another process on the same cores. A time runs from the moment a request was
due, so that a server that lags is not spared. In the second part the edition is secret again for a while (in this database
alone), then public: every answer is the whole of one state or the other, never a mixture.
"""

import gzip
import hashlib
import http.client
import secrets
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.own_database import database
from bench.served import ask, served
from bench.times import percentile

YEAR = 2025
ADDRESSES = (
    *(f"/palmares/{YEAR}/",) * 6,
    f"/palmares/{YEAR}/?categorie=village",
    f"/palmares/{YEAR}/regions/normandie/",
    f"/statistiques/{YEAR}/",
    "/",
)
RATE, SECONDS, TURN_SECONDS = 300, 60, 30
VISITORS = 48  # at most so many at once
HEADERS = {"Accept-Encoding": "gzip", "X-Forwarded-Proto": "https"}
BUDGET = 300  # milliseconds, p95
HIDE = "UPDATE labels_edition SET published_at = NULL WHERE year = %s"
SHOW = "UPDATE labels_edition SET published_at = now() WHERE year = %s"


@dataclass(frozen=True, slots=True)
class Told:
    """What one visitor got: when it was due, how many milliseconds after that it came, its status (0: none), its text."""

    address: str
    due: float
    ms: float
    status: int
    mark: str


def run() -> int:
    """Prepare, load twice, tell; 1 when an answer failed or a page was mixed."""
    with database() as environment, tempfile.TemporaryDirectory() as folder:
        environment |= {"ATLAAS_VAR": folder, "ATLAAS_PUBLIC_URL": "https://localhost", "ATLAAS_DEMO": ""}
        environment["ATLAAS_BEHIND_PROXY"] = "1"
        for command in (["migrate", "-v0"], ["collectstatic", "-v0", "--no-input"], ["load_demo_data"]):
            quiet = subprocess.DEVNULL
            subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True, stdout=quiet)
        port = 20_000 + secrets.randbelow(20_000)
        log = Path(folder) / "gunicorn.log"
        with served(port, environment, log, threads=4):
            crowd = _tell_crowd(_load(port, RATE, SECONDS))
        with psycopg.connect(environment["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("ALTER TABLE labels_edition DISABLE TRIGGER USER")
            connection.execute(HIDE, [YEAR])
            with served(port, environment, log, threads=4):
                mixed = _tell_turn(port, connection)
    return int(crowd or mixed)


def _tell_crowd(told: Sequence[Told]) -> bool:
    times = sorted(one.ms for one in told)
    failed = [one for one in told if one.status != http.client.OK]
    p95 = percentile(times, 0.95)
    print(f"ceremony: {len(told)} requests, {RATE} a second, from a cold cache: {len(failed)} failed")
    print(f"  answers by status: {dict(Counter(one.status for one in told))}")
    print(
        f"  p50 {percentile(times, 0.5):.0f} ms, p95 {p95:.0f} ms (budget {BUDGET}{' !' if p95 > BUDGET else ''}), longest {times[-1]:.0f} ms"
    )
    return bool(failed)


def _tell_turn(port: int, connection: psycopg.Connection) -> bool:
    """Half of the time secret, then public: count the texts of each address on either side."""
    with ThreadPoolExecutor(1) as pool:
        load = pool.submit(_load, port, RATE, TURN_SECONDS)
        time.sleep(TURN_SECONDS / 2)
        before = time.monotonic()
        connection.execute(SHOW, [YEAR])
        after = time.monotonic()
        told = load.result()
    texts, early, late = _sides(told, before, after)
    print(f"turn: {len(told)} requests, {sum(not one.status for one in told)} without an answer")
    print(f"  texts of an address: {dict(sorted(texts.items()))}; ahead of the hour: {early}")
    print(f"  the last text of before came {late:.1f} s after the hour (budget 60)")
    return early > 0 or any(number > 2 for number in texts.values())


def _sides(told: Sequence[Told], before: float, after: float) -> tuple[dict[str, int], int, float]:
    """How many texts each address had, how many answers were ahead of the hour, how late the last old one was asked."""
    texts: dict[str, list[str]] = defaultdict(list)
    for one in told:
        if one.status and one.mark not in texts[one.address]:
            texts[one.address].append(one.mark)
    old = {address: marks[0] for address, marks in texts.items()}
    early = sum(
        one.status and one.mark != old[one.address] and one.due + one.ms / 1000 < before for one in told
    )
    late = max((one.due - after for one in told if one.status and one.mark == old[one.address]), default=0.0)
    return {address: len(marks) for address, marks in texts.items()}, early, late


def _load(port: int, rate: int, seconds: int) -> list[Told]:
    start = time.monotonic() + 0.5
    due = [(start + rank / rate, ADDRESSES[rank % len(ADDRESSES)]) for rank in range(rate * seconds)]
    shares = [due[first::VISITORS] for first in range(VISITORS)]
    with ThreadPoolExecutor(VISITORS) as pool:
        return [one for share in pool.map(lambda share: list(_visit(port, share)), shares) for one in share]


def _visit(port: int, share: Sequence[tuple[float, str]]) -> Iterator[Told]:
    for due, address in share:
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            status, body, _ = ask(port, "GET", address, HEADERS)
        except OSError:
            status, body = 0, b""
        yield Told(address, due, (time.monotonic() - due) * 1000, status, _mark(body))


def _mark(body: bytes) -> str:
    """A fingerprint of the text: gzip pads the same text otherwise each time."""
    text = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    return hashlib.md5(text, usedforsecurity=False).hexdigest()[:8]
