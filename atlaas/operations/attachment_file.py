"""Files of people are rewritten by a process of its own: a bomb or a fault of a decoder ends there, and the site goes on."""

import subprocess
import sys

from django.conf import settings

from atlaas.rules.attachment import Rewritten, read_answer, sniffed
from atlaas.rules.refusal import Refused

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
TOO_MUCH = "Ce fichier demande trop de mémoire ou de temps à lire : enregistrez-le plus petit, puis ajoutez-le à nouveau."
_CHILD = f"""\
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from atlaas.rules.attachment import answer
sys.stdout.buffer.write(answer(sys.stdin.buffer.read()))
"""


def rewrite(data: bytes) -> Rewritten:
    """A safe copy of a file, made apart within 1 GB and 20 seconds; `Refused` says how to mend."""
    sniffed(data)
    try:
        done = subprocess.run(  # noqa: S603 (our own interpreter, nothing of people but what it reads)
            [sys.executable, "-c", _CHILD],
            input=data,
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={"PYTHONUTF8": "1"},  # no secret of ours
            timeout=SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise Refused(TOO_MUCH) from error
    return read_answer(done.stdout)
