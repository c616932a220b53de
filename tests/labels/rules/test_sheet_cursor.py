import base64
import datetime as dt
from uuid import UUID

import pytest

from labels.rules.sheet_cursor import Cursor, read

ONE = Cursor(607927, dt.datetime(2026, 3, 1, 12, 30, 0, 5, tzinfo=dt.UTC), UUID(int=7))


def written(plain):
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def test_cursor_comes_back_as_it_was():
    assert read(str(ONE)) == ONE


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x",
        "é",
        "\x00",
        "=" * 300,
        str(ONE) * 3,
        written(f"1|2026-03-01T12:30:00|{'0' * 32}"),
        written(f"1|2026-13-41T12:30:00+00:00|{'0' * 32}"),
        written(f"-1|2026-03-01T12:30:00+00:00|{'0' * 32}"),
        written(f"1|2026-03-01T12:30:00+00:00|{'g' * 32}"),
        written(f"1|2026-03-01T12:30:00+00:00|{'0' * 32}|1; DROP TABLE"),
        written("é"),
    ],
)
def test_what_is_not_a_cursor_is_none(text):
    assert read(text) is None
