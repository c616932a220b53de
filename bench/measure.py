"""Ask one address many times, through every middleware, and say what it cost."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.times import percentile

GZIP = {"accept-encoding": "gzip"}
HEAD = f"{'':34}{'p50 ms':>8}{'p95 ms':>8}{'budget':>8}{'queries':>9}{'wire kB':>9}{'plain kB':>10}"


@dataclass(frozen=True)
class Cost:
    """What one address cost: milliseconds of server time, queries, bytes on the wire (gzip) and before."""

    p50: float
    p95: float
    queries: int
    wire: int
    plain: int

    def line(self, name: str, budget: int) -> str:
        """A line under `HEAD`; what is above its budget (ms) says so."""
        told = f"{budget}{' !' if self.p95 > budget else '  '}"
        sizes = f"{self.wire / 1000:9.1f}{self.plain / 1000:10.1f}"
        return f"{name:34}{self.p50:8.1f}{self.p95:8.1f}{told:>9}{self.queries:8d}{sizes}"


def cost(client: Client, address: str, *, rounds: int) -> Cost:
    plain = len(_asked(client.get(address), address).content)
    return measured(lambda: client.get(address, headers=GZIP), address, rounds=rounds, plain=plain)


def measured(ask: Callable[[], HttpResponse], name: str, *, rounds: int, plain: int | None = None) -> Cost:
    """The cost of a request; `plain` is its size before gzip when it differs."""
    with CaptureQueriesContext(connection) as captured:
        first = _asked(ask(), name)
    queries = len(captured)  # now: the next request empties the log
    times = sorted(_milliseconds(ask) for _ in range(rounds))
    return Cost(
        p50=statistics.median(times),
        p95=percentile(times, 0.95),
        queries=queries,
        wire=len(first.content),
        plain=len(first.content) if plain is None else plain,
    )


def _asked(response: HttpResponse, name: str) -> HttpResponse:
    if response.status_code != 200:
        raise SystemExit(f"{name} answered {response.status_code}: nothing to measure")
    return response


def _milliseconds(ask: Callable[[], HttpResponse]) -> float:
    start = time.perf_counter()
    ask()
    return (time.perf_counter() - start) * 1000
