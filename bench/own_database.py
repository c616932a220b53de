"""A database of its own for a corpus of another size: made, filled, measured, dropped."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

import psycopg

SEED = """
import resource, time
from django.core.management import call_command
start = time.perf_counter()
call_command("seed_demo", size={size}, stdout=open({sink!r}, "w"))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
print(f"corpus of {size} fiches: {{time.perf_counter() - start:.0f}} s, {{memory:.0f}} MB")
"""


@contextmanager
def database() -> Iterator[dict[str, str]]:
    """The environment of a new empty database on the server of DATABASE_URL."""
    name, url = f"bench_{secrets.token_hex(4)}", os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    try:
        yield os.environ | {
            "DATABASE_URL": urlunsplit(urlsplit(url)._replace(path=f"/{name}")),
            "ATLAAS_DEMO": "1",
        }
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def measure_apart(size: int, arguments: Sequence[str]) -> int:
    """Run the bench on a corpus of `size` fiches in a database and a state folder that nobody else uses."""
    with database() as environment, tempfile.TemporaryDirectory() as folder:
        environment["ATLAAS_VAR"] = folder
        seed = SEED.format(size=size, sink=os.devnull)
        for command in (
            ["migrate", "-v0"],
            ["collectstatic", "-v0", "--no-input"],
            ["load_demo_data"],
            ["shell", "-v0", "-c", seed],
        ):
            run_there([sys.executable, "manage.py", *command], environment)
        return run_there([sys.executable, "-m", "bench", *arguments], environment)


def run_there(command: Sequence[str], environment: Mapping[str, str]) -> int:
    return subprocess.run(command, env=environment, check=True).returncode
