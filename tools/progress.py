"""One line a step: what is being done, and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    print(text, flush=True)


@contextmanager
def step(number: int, total: int, label: str, *, chatty: bool = False) -> Iterator[None]:
    """Print `[2/6] migrations…`, then the seconds; a chatty step prints lines of its own in between."""
    head = f"[{number}/{total}] {label}…"
    sys.stdout.write(f"{head}\n" if chatty else head)
    sys.stdout.flush()
    start = time.monotonic()
    try:
        yield
    except BaseException:
        sys.stdout.write("" if chatty else "\n")
        raise
    seconds = f"{time.monotonic() - start:.1f} s"
    say(f"{head} {seconds}" if chatty else f" {seconds}")
