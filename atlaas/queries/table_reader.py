"""The child process that opens an uploaded CSV file (see `answer`); run alone, without Django.

A file made to take all the memory or all the time ends this process and no other: it bounds itself before it reads a byte.
"""

import json
import resource
import sys
from collections.abc import Callable

from atlaas.rules.uploaded_csv import read_csv
from atlaas.rules.uploaded_table import MOST_BYTES, Unreadable, UploadedTable

MEMORY = 512 * 1024 * 1024
SECONDS = 15


def answer(read: Callable[[bytes], UploadedTable]) -> None:
    """Read the file on stdin; write the header, then one JSON line a line, or the sentence that refuses the file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        found = read(sys.stdin.buffer.read(MOST_BYTES + 1))
    except Unreadable as refused:
        _write({"refused": str(refused)})
        return
    _write({"header": found.header, "remarks": found.remarks})
    for line in found.lines:
        _write([line.number, line.cells])


def _write(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    answer(read_csv)
