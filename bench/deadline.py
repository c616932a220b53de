"""The last minute before a closing: 450 people type while 100 of them file; nothing that was acknowledged may be lost.

Run by itself: `make bench ARGS="--deadline"`. A database of its own, a real gunicorn on loopback. Each session saves every
ten seconds, at its own offset; a time runs from the moment a request was due, so that a server that lags is not spared.
"""

import http.client
import json
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

from bench.own_database import database
from bench.served import ask, served

EVERY = 10  # seconds between two saves of a session


def run(sessions: int, filings: int, seconds: int) -> int:
    """Prepare in a child (Django reads its settings once), serve, load, compare; 1 when something was lost."""
    with database() as environment, tempfile.TemporaryDirectory() as folder:
        environment |= {"ATLAAS_VAR": folder, "ATLAAS_PUBLIC_URL": "http://localhost"}
        stage = Path(folder) / "stage.json"
        for command in (["migrate", "-v0"], ["collectstatic", "-v0", "--no-input"]):
            subprocess.run([sys.executable, "manage.py", *command], env=environment, check=True)
        script = [sys.executable, "-m", "bench.deadline_stage"]
        subprocess.run(
            [*script, "prepare", str(stage), str(sessions), str(filings)], env=environment, check=True
        )
        told = json.loads(stage.read_text())
        port = 20_000 + secrets.randbelow(20_000)
        with served(port, environment, Path(folder) / "gunicorn.log"):
            told["answers"] = _load(port, told["sessions"], told["filings"], seconds)
        stage.write_text(json.dumps(told))
        return subprocess.run([*script, "compare", str(stage)], env=environment, check=False).returncode


def _load(port: int, sessions: Sequence[dict], filings: Sequence[dict], seconds: int) -> list[dict]:
    """Every request at its time; answers what each was told, and how many milliseconds after it was due."""
    start = time.monotonic() + 1
    typists = [
        lambda one=one, n=n: _type(port, one, start + EVERY * n / len(sessions), seconds)
        for n, one in enumerate(sessions)
    ]
    filers = [
        lambda one=one, n=n: _file(port, one, start + seconds * n / len(filings), seconds * n // len(filings))
        for n, one in enumerate(filings)
    ]
    with ThreadPoolExecutor(len(sessions) + len(filings)) as pool:
        return [answer for answers in pool.map(_called, [*typists, *filers]) for answer in answers]


def _called(act: Callable[[], list[dict]]) -> list[dict]:
    return act()


def _type(port: int, session: dict, due: float, seconds: int) -> list[dict]:
    """One person who saves every ten seconds, each time over the version that the last answer told."""
    values, answers, start, end = session["values"], [], due, due + seconds
    rank = 0
    while due < end:
        rank += 1
        values["text"] = f"Phrase {rank} de la personne {session['id']}."
        status, body, elapsed = _timed(port, session, session["address"], values, due)
        answers.append(
            {
                "kind": "save",
                "id": session["id"],
                "status": status,
                "ms": elapsed,
                "text": values["text"],
                "part": int((due - start) // EVERY),
            }
        )
        if status == http.client.OK:
            told = json.loads(body)
            values |= {"version": str(told["version"]), "base": told["base"]}
        due += EVERY
    return answers


def _file(port: int, session: dict, due: float, second: int) -> list[dict]:
    status, location, elapsed = _timed(port, session, session["address"], {"rank": "1"}, due)
    is_filed = status == http.client.FOUND and "/recu/" in location
    return [
        {
            "kind": "file",
            "id": session["id"],
            "status": status,
            "ms": elapsed,
            "filed": is_filed,
            "part": second // EVERY,
        }
    ]


def _timed(port: int, session: dict, address: str, values: dict, due: float) -> tuple[int, str, float]:
    time.sleep(max(0, due - time.monotonic()))
    token = "x" * 32
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Cookie": f"sessionid={session['cookie']}; csrftoken={token}",
        "X-CSRFToken": token,
    }
    try:
        status, body, location = ask(port, "POST", address, headers, urlencode(values))
        told = location or body.decode()
    except OSError as error:
        status, told = 0, str(error)
    return status, told, (time.monotonic() - due) * 1000
