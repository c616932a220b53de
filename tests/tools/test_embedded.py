"""tools/embedded.py: services for one command, and nothing left afterwards."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

EMBEDDED = "tools/embedded.py"
ASK = """
import os, psycopg, redis
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    connection.execute("CREATE TABLE IF NOT EXISTS kept (word text)")
    connection.execute("INSERT INTO kept VALUES (%s)", [os.environ.get("WORD", "un")])
    words = [row[0] for row in connection.execute("SELECT word FROM kept ORDER BY word")]
    facts = connection.execute("SELECT lower('ÉÀÇ'), current_setting('fsync'), current_setting('listen_addresses')")
    print(words, *facts.fetchone(), sep="|")
with redis.from_url(os.environ["REDIS_URL"]) as valkey:
    print(valkey.incr("count"), valkey.config_get("appendonly")["appendonly"], valkey.config_get("port")["port"])
"""


def test_throwaway_serves_one_command_and_leaves_nothing(python, tmp_path, processes_of):
    done = python(EMBEDDED, "run", "--throwaway", "--", sys.executable, "-c", ASK, TMPDIR=str(tmp_path))

    assert (done.stdout, done.stderr, done.returncode) == ("['un']|éàç|off|\n1 no 0\n", "", 0)
    assert list(tmp_path.iterdir()) == []
    assert processes_of(tmp_path) == []


def test_exit_code_of_the_command_is_ours(python, tmp_path):
    done = python(EMBEDDED, "run", "--throwaway", "--", "sh", "-c", "exit 7", TMPDIR=str(tmp_path))

    assert done.returncode == 7


def test_state_folder_keeps_its_data(python, tmp_path, processes_of):
    var = tmp_path / "var"
    command = (EMBEDDED, "run", "--var", var, "--", sys.executable, "-c", ASK)

    cold, warm = python(*command), python(*command, WORD="deux")

    assert cold.stdout == "['un']|éàç|on|\n1 yes 0\n"
    assert warm.stdout == "['deux', 'un']|éàç|on|\n2 yes 0\n"
    assert processes_of(var) == []


def test_two_commands_at_once_share_the_services(python, started, tmp_path, processes_of):
    command = (EMBEDDED, "run", "--var", tmp_path / "var", "--", "sh", "-c")
    first = started(*command, "echo up; sleep 1.5")
    assert first.stdout.readline() == "up\n"

    second = python(*command, 'echo "$DATABASE_URL"; sleep 2.5')

    assert second.returncode == 0
    assert first.wait(10) == 0
    assert processes_of(tmp_path) == []


def test_nothing_is_started_when_both_addresses_are_given(python, tmp_path):
    given = {"DATABASE_URL": "postgresql://db/one", "REDIS_URL": "redis://broker/0", "TMPDIR": str(tmp_path)}

    done = python(
        EMBEDDED, "run", "--throwaway", "--", "sh", "-c", 'ls "$ATLAAS_VAR"; echo "$DATABASE_URL"', **given
    )

    assert done.stdout.split() == ["locks", "logs", "static", "postgresql://db/one"]


def test_long_path_finds_a_short_place_for_its_sockets(python, tmp_path):
    var = tmp_path / ("long" * 30) / "var"

    done = python(EMBEDDED, "run", "--var", var, "--", sys.executable, "-c", ASK)

    assert done.stdout == "['un']|éàç|on|\n1 yes 0\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_signal_leaves_no_process(started, tmp_path, processes_of, soon, number):
    process = started(
        EMBEDDED, "run", "--throwaway", "--", "sh", "-c", "echo up; exec sleep 60", TMPDIR=str(tmp_path)
    )
    assert process.stdout.readline() == "up\n"

    process.send_signal(number)

    assert process.wait(20) == (-number if number == signal.SIGKILL else 128 + number)
    assert soon(lambda: processes_of(tmp_path) == [] and list(tmp_path.iterdir()) == [])


def test_stale_lock_naming_a_living_stranger_is_forgotten_and_the_stranger_lives(python, tmp_path):
    var = tmp_path / "var"
    command = (EMBEDDED, "run", "--var", var, "--", sys.executable, "-c", ASK)
    python(*command)
    with subprocess.Popen(["sleep", "60"]) as stranger:
        lock = Path(var, "postgres", "data", "postmaster.pid")
        lock.write_text(f"{stranger.pid}\n{lock.parent}\n1\n5432\n{var}/run\n\n 1 1\nready\n")
        lock.chmod(0o600)

        done = python(*command)

        assert done.stdout == "['un', 'un']|éàç|on|\n2 yes 0\n"
        assert stranger.poll() is None
        stranger.kill()


def test_folder_that_is_not_ours_is_refused(python, tmp_path):
    (tmp_path / "letter.txt").write_text("mine")

    done = python(EMBEDDED, "run", "--var", tmp_path, "--", "true")

    assert done.returncode == 1
    assert (
        done.stderr == f"{tmp_path} holds files that are not ours: set ATLAAS_VAR to a new or empty folder\n"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
