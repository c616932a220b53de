"""Ask one address many times, through every middleware, and say what it cost."""

import statistics
import time
from dataclasses import dataclass

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Cost:
    """What one address cost: milliseconds of server time, queries, bytes on the wire (gzip) and before."""

    p50: float
    p95: float
    queries: int
    wire: int
    plain: int


def cost(client: Client, address: str, *, rounds: int) -> Cost:
    headers = {"accept-encoding": "gzip"}
    with CaptureQueriesContext(connection) as captured:
        first = client.get(address, headers=headers)
    queries = len(captured)  # now: the next request empties the log
    if first.status_code != 200:
        raise SystemExit(f"{address} answered {first.status_code}: nothing to measure")
    plain = len(client.get(address).content)
    times = sorted(_milliseconds(client, address, headers) for _ in range(rounds))
    return Cost(
        p50=statistics.median(times),
        p95=times[max(0, round(rounds * 0.95) - 1)],
        queries=queries,
        wire=len(first.content),
        plain=plain,
    )


def _milliseconds(client: Client, address: str, headers: dict[str, str]) -> float:
    start = time.perf_counter()
    client.get(address, headers=headers)
    return (time.perf_counter() - start) * 1000
