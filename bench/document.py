"""What the documents for members cost: read from the database, then laid out; and ten pages, whatever they say."""

import io
import os
import time
from collections.abc import Callable
from typing import Any

import pikepdf
from django.utils import timezone

from bench.pages import busiest_town
from labels.choices import DocumentKind
from labels.queries.document_place import reading_of
from labels.queries.member_document import chapters_of, document_of, document_pdf
from labels.rules.member_document import Asked

BUDGET, PAGES, ROUNDS = 1.0, 10, 5  # seconds for so many pages


def document_lines() -> list[str]:
    """A line a document of the busiest collectivité, then one for ten pages; the load of the machine is said."""
    reading = reading_of(busiest_town())
    lines = []
    for kind in DocumentKind.values:
        asked = Asked(kind, tuple(chapters_of(kind)))
        read, document = _timed(lambda asked=asked: document_of(reading, asked))
        laid, made = _timed(lambda document=document: document_pdf(document, made_at=timezone.now()))
        lines.append(
            f"{DocumentKind(kind).label}: {_pages(made)} pages, read {read:.2f} s, laid out {laid:.2f} s"
        )
    return [*lines, _ten_pages(document)]


def _ten_pages(document: dict[str, Any]) -> str:
    """The hand-over dossier, its chapters repeated until it is long enough."""
    longer = document
    while (pages := _pages(document_pdf(longer, made_at=timezone.now()))) < PAGES:
        longer = longer | {"chapters": longer["chapters"] + document["chapters"]}
    laid, _made = _timed(lambda: document_pdf(longer, made_at=timezone.now()))
    share = laid * PAGES / pages
    over = " !" if share > BUDGET else ""
    load = os.getloadavg()[0]
    return f"{pages} pages laid out in {laid:.2f} s: {share:.2f} s for {PAGES}, budget {BUDGET} s{over} (load {load:.1f})"


def _pages(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as document:
        return len(document.pages)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """The median of a few rounds, and what the work gave."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        found = work()
        times.append(time.perf_counter() - started)
    return sorted(times)[ROUNDS // 2], found
