"""Which version of the rules runs: a digest of their source, since an installed wheel has no git to ask."""

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def source_digest(*packages: str) -> str:
    """The SHA-256 of the modules of some packages (« labels.rules »), by name: the same on any machine that holds them."""
    told = hashlib.sha256()
    for package in sorted(packages):
        for module in sorted(_modules(package), key=lambda one: one.name):
            content = module.read_bytes().replace(b"\r\n", b"\n")
            told.update(f"{package}/{module.name} {len(content)}\n".encode())
            told.update(content)
    return told.hexdigest()


def _modules(package: str) -> list[Traversable]:
    return [one for one in files(package).iterdir() if one.name.endswith(".py")]
