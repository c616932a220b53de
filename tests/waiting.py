"""Hold a lock until somebody waits for it: what a race is about has then truly happened."""

import time

import pytest
from django.db import connection

PATIENCE = 60  # seconds; nothing is asserted of how long it takes
# Not pg_stat_activity: within a transaction it is read once, and a connection opened since is never seen there.
BLOCKED = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"


def until_someone_waits():
    """Come back once another connection waits for a lock of this one; fail when none ever does."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(BLOCKED)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
    pytest.fail("nobody waits for what is held")
